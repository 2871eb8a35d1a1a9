package com.fleetman.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fleetman.description.Facts.Raised;
import com.fleetman.platform.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** The description of the REST calls: OpenAPI 3.1. */
final class OpenApi {
    private static final String JSON_TYPE = "application/json";

    private final Sources sources;
    private final CodeReader code;
    private final Schemas schemas;
    private final Examples examples;
    private final Problems problems;

    OpenApi(Sources sources, CodeReader code) {
        this.sources = sources;
        this.code = code;
        this.schemas = new Schemas(sources);
        this.examples = new Examples(schemas.components());
        this.problems = new Problems(sources, code);
    }

    ObjectNode document(String version) {
        ObjectNode document = Schemas.object().put("openapi", "3.1.0");
        document.put("jsonSchemaDialect", "https://spec.openapis.org/oas/3.1/dialect/base");
        document.putObject("info")
                .put("title", "FleetMan")
                .put("version", version)
                .put(
                        "description",
                        "A success is {\"success\":true,\"data\":...}. An error is application/problem+json (RFC 9457)"
                                + " with a stable code. Lists go on with cursor. Times are UTC with milliseconds."
                                + " What is told to open devices is described in asyncapi.json.")
                .putObject("license")
                .put("name", "Proprietary")
                .put("identifier", "LicenseRef-Proprietary");
        document.putArray("servers").addObject().put("url", ".").put("description", "where this description lies");
        List<Resource> resources = Resource.all(sources).stream()
                .sorted(Comparator.comparing(Resource::path).thenComparing(Resource::verb))
                .toList();
        tags(document.putArray("tags"), resources);
        ObjectNode paths = document.putObject("paths");
        for (Resource resource : resources) {
            paths.withObjectProperty(resource.path())
                    .set(resource.verb().toLowerCase(Locale.ROOT), operation(resource));
        }
        components(document.putObject("components"));
        return document;
    }

    private void tags(ArrayNode tags, List<Resource> resources) {
        var known = new TreeMap<String, String>();
        resources.forEach(resource -> known.put(resource.tag(), sources.comment(resource.type())));
        known.forEach((name, description) -> {
            ObjectNode tag = tags.addObject().put("name", name);
            if (!description.isEmpty()) {
                tag.put("description", description);
            }
        });
    }

    private ObjectNode operation(Resource resource) {
        ObjectNode operation = Schemas.object().put("operationId", resource.id());
        operation.putArray("tags").add(resource.tag());
        operation.put("summary", resource.summary(sources));
        String comment = sources.comment(resource.method());
        if (!comment.isEmpty()) {
            operation.put("description", comment);
        }
        security(operation, resource);
        Map<String, Rule> rules = code.rules(resource.method());
        ArrayNode parameters = parameters(resource, rules);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        resource.body().ifPresent(body -> requestBody(operation, resource, body, rules));
        responses(operation.putObject("responses"), resource);
        return operation;
    }

    private static void security(ObjectNode operation, Resource resource) {
        ArrayNode security = operation.putArray("security");
        if (resource.rule("WithoutSession").isEmpty()) {
            security.addObject().putArray("bearer");
            security.addObject().putArray("cookie");
        }
        resource.rule("NeedsRole").ifPresent(role -> operation.put("x-role", role));
    }

    private ArrayNode parameters(Resource resource, Map<String, Rule> rules) {
        ArrayNode parameters = Schemas.JSON.arrayNode();
        for (VariableElement parameter : resource.parameters()) {
            Map.of("path", "PathParam", "query", "QueryParam", "header", "HeaderParam")
                    .forEach((place, annotation) -> {
                        String name = Sources.annotation(parameter, annotation);
                        if (name != null) {
                            String said = sources.parameter(
                                    resource.method(), parameter.getSimpleName().toString());
                            parameters.add(parameter(place, name, parameter.asType(), rules, said));
                        }
                    });
        }
        for (Element method : code.own(resource.method())) {
            for (String header : code.of(method).headers) {
                if (header.equals("If-Match") || header.equals("If-None-Match")) {
                    ObjectNode conditional = parameters.addObject().put("name", header);
                    conditional.put("in", "header").put("required", header.equals("If-Match"));
                    conditional.put("description", "the ETag that is known (RFC 9110 section 13.1)");
                    conditional.putObject("schema").put("type", "string");
                    conditional.put("example", "*");
                }
            }
        }
        return parameters;
    }

    private ObjectNode parameter(String place, String name, TypeMirror type, Map<String, Rule> rules, String said) {
        ObjectNode parameter = Schemas.object().put("name", name).put("in", place);
        parameter.put("required", place.equals("path"));
        if (!said.isEmpty()) {
            parameter.put("description", said);
        }
        ObjectNode schema = name.equals("limit")
                ? Schemas.object().put("type", "integer").put("minimum", 1)
                : schemas.ruled(schemas.sent(type, Map.of()), rules.getOrDefault(name, Rule.OPTIONAL));
        parameter.set("schema", schema);
        if (place.equals("path")) {
            parameter.set("example", examples.of(name, schema));
        }
        return parameter;
    }

    private void requestBody(
            ObjectNode operation, Resource resource, VariableElement parameter, Map<String, Rule> rules) {
        TypeMirror optional = code.of(resource.method()).optionalBody;
        TypeMirror type = optional == null ? parameter.asType() : optional;
        String name = Schemas.capital(resource.id()) + "Request";
        schemas.components().put(name, schemas.sent(type, rules));
        ObjectNode body = operation.putObject("requestBody").put("required", optional == null);
        ObjectNode content = body.putObject("content").putObject(JSON_TYPE);
        content.set("schema", Schemas.reference(name));
        String example = Sources.annotation(resource.method(), "Example");
        content.set("example", example == null ? examples.of(name, Schemas.reference(name)) : Json.tree(example));
    }

    private void responses(ObjectNode responses, Resource resource) {
        @Nullable ObjectNode data = null;
        var statuses = new TreeSet<Integer>();
        var headers = new TreeSet<String>();
        TypeMirror returned = resource.method().getReturnType();
        if (returned.toString().replaceAll("@\\S+ ", "").startsWith("com.fleetman.platform.Answer<")) {
            data = schemas.answered(((javax.lang.model.type.DeclaredType) returned)
                    .getTypeArguments()
                    .get(0));
        }
        for (Element method : code.own(resource.method())) {
            Facts facts = code.of(method);
            statuses.addAll(facts.statuses);
            headers.addAll(facts.headers);
            TypeMirror answer = answered(resource, method);
            if (data == null && answer != null) {
                data = schemas.answered(answer);
            }
        }
        statuses.removeIf(status -> status >= 400);
        if (statuses.contains(201)) {
            statuses.remove(200);
        }
        if (statuses.isEmpty()) {
            statuses.add(200);
        }
        for (int status : statuses) {
            success(responses.putObject(String.valueOf(status)), resource, status, data, headers);
        }
        problems.of(resource).forEach((status, codes) -> responses.set(String.valueOf(status), problem(status, codes)));
    }

    /** What the method answers, or what the resource's method gives it to answer; null if it is neither. */
    private @Nullable TypeMirror answered(Resource resource, Element method) {
        Facts facts = code.of(method);
        if (!facts.answers.isEmpty()) {
            return facts.answers.get(0);
        }
        return code.of(resource.method()).calls.stream()
                .filter(call -> call.method().equals(method) && facts.answeredParameter >= 0)
                .map(call -> call.types().get(facts.answeredParameter))
                .findFirst()
                .orElse(null);
    }

    private void success(
            ObjectNode response, Resource resource, int status, @Nullable ObjectNode data, Set<String> headers) {
        response.put("description", Problems.reason(status));
        ObjectNode said = response.putObject("headers");
        said.set("RateLimit", Schemas.object().put("$ref", "#/components/headers/RateLimit"));
        said.set("RateLimit-Policy", Schemas.object().put("$ref", "#/components/headers/RateLimit-Policy"));
        if (headers.contains("ETag")) {
            said.putObject("ETag").putObject("schema").put("type", "string");
        }
        if (status == 201) {
            said.putObject("Location").putObject("schema").put("type", "string").put("format", "uri-reference");
        }
        String produced = String.valueOf(Sources.annotation(resource.method(), "Produces"))
                .replaceAll("[\"{}]", "");
        if (produced.contains("SERVER_SENT_EVENTS") || produced.contains("event-stream")) {
            response.remove("headers");
            response.putObject("content")
                    .putObject("text/event-stream")
                    .putObject("schema")
                    .put("type", "string")
                    .put("description", "the events of asyncapi.json");
        } else if (produced.contains("/") && !produced.equals(JSON_TYPE)) {
            response.putObject("content")
                    .putObject(produced)
                    .putObject("schema")
                    .put("type", "string");
        } else if (status < 204 && !resource.verb().equals("HEAD")) {
            ObjectNode content = response.putObject("content").putObject(JSON_TYPE);
            ObjectNode schema = content.putObject("schema").put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            properties.putObject("success").put("const", true);
            JsonNode answered = data == null ? Schemas.object() : data;
            properties.set("data", answered);
            schema.putArray("required").add("success").add("data");
            ObjectNode example = content.putObject("example").put("success", true);
            example.set("data", examples.of("data", answered));
        }
    }

    private static ObjectNode problem(int status, List<Raised> raised) {
        ObjectNode response = Schemas.object().put("description", Problems.reason(status));
        ObjectNode headers = Schemas.object();
        if (status == 429 || status == 503) {
            headers.set("Retry-After", Schemas.object().put("$ref", "#/components/headers/Retry-After"));
        }
        if (status == 401) {
            headers.putObject("WWW-Authenticate").putObject("schema").put("type", "string");
        }
        if (!headers.isEmpty()) {
            response.set("headers", headers);
        }
        ObjectNode content = response.putObject("content").putObject("application/problem+json");
        ArrayNode all = content.putObject("schema").putArray("allOf");
        all.add(Schemas.reference("Problem"));
        ObjectNode properties = all.addObject().putObject("properties");
        properties.putObject("status").put("const", status);
        ArrayNode codes = properties.putObject("code").putArray("enum");
        raised.forEach(one -> codes.add(one.code()));
        ObjectNode example = content.putObject("example").put("type", "about:blank");
        example.put("title", Problems.reason(status)).put("status", status);
        String first = raised.get(0).code();
        example.put("code", first).put("detail", first.replace('_', ' '));
        return response;
    }

    private void components(ObjectNode components) {
        ObjectNode named = components.putObject("schemas");
        schemas.answered(sources.named("com.fleetman.platform.Problem.Body").asType());
        var all = new TreeMap<String, ObjectNode>(schemas.components());
        ObjectNode problem = all.remove("ProblemBody");
        if (problem != null) {
            all.put("Problem", problem);
        }
        all.forEach(named::set);
        ObjectNode headers = components.putObject("headers");
        header(headers, "RateLimit", "what is left of the limit that is nearest, and when it is whole again");
        header(headers, "RateLimit-Policy", "the limits that hold: requests (q) in so many seconds (w)");
        header(headers, "Retry-After", "seconds to wait").put("type", "integer").put("minimum", 1);
        ObjectNode security = components.putObject("securitySchemes");
        security.putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT")
                .put("description", "the token of a sign-in; if it is sent, it counts alone");
        security.putObject("cookie")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "fleetman_token")
                .put("description", "set by a sign-in; unsafe requests must come from the own or an allowed origin");
    }

    private static ObjectNode header(ObjectNode headers, String name, String description) {
        ObjectNode header = headers.putObject(name).put("description", description);
        return header.putObject("schema").put("type", "string");
    }
}
