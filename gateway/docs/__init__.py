"""What the gateway says about itself: OpenAPI, AsyncAPI, a page to browse them, a page for each problem."""
