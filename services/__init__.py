"""The five services of Diaoxun; each imports another one's ``contract`` only."""
