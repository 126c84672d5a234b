"""The pages that a personal link opens: a trainee's term and a lecturer's teaching, on a telephone first."""
