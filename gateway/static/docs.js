"use strict";
// The reference page: Swagger UI over this gateway's own OpenAPI document.
window.addEventListener("load", () => {
  window.SwaggerUIBundle({
    url: document.getElementById("reference").dataset.url,
    dom_id: "#reference",
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    validatorUrl: null,
    presets: [window.SwaggerUIBundle.presets.apis],
  });
});
