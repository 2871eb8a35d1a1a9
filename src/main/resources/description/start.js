'use strict';

// Requests of the page carry the session cookie of the browser, or a token given to "Authorize".
SwaggerUIBundle({
  url: '../v1/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  persistAuthorization: false,
  validatorUrl: null,
  withCredentials: true,
});
