package com.fleetman.description;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fleetman.platform.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** JSON Schema (2020-12) of what is sent and answered; types with a name become components. */
final class Schemas {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Sources sources;
    private final Map<String, ObjectNode> components = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();

    Schemas(Sources sources) {
        this.sources = sources;
    }

    Map<String, ObjectNode> components() {
        return components;
    }

    static ObjectNode object() {
        return JSON.objectNode();
    }

    static ObjectNode reference(String name) {
        return object().put("$ref", "#/components/schemas/" + name);
    }

    /** What is answered: every field that is always there is required, and there may be more one day. */
    ObjectNode answered(TypeMirror type) {
        return nullable(type, of(type, this::component));
    }

    /** What is sent, with the rules that its code has; nothing else may be sent. */
    ObjectNode sent(TypeMirror type, Map<String, Rule> rules) {
        return sent(type, "", rules);
    }

    private ObjectNode sent(TypeMirror type, String field, Map<String, Rule> rules) {
        Rule rule = rules.getOrDefault(field, Rule.OPTIONAL);
        ObjectNode schema = of(type, element -> {
            ObjectNode object = object().put("type", "object");
            ObjectNode properties = object.putObject("properties");
            var required = new ArrayList<String>();
            for (Property property : properties(element)) {
                String path = field.isEmpty() ? property.name() : field + "." + property.name();
                ObjectNode value = sent(property.type(), path, rules);
                Rule own = rules.getOrDefault(path, Rule.OPTIONAL);
                if (own.required()) {
                    required.add(property.name());
                } else {
                    value = nullable(property.type(), value);
                }
                properties.set(property.name(), described(value, property.description()));
            }
            if (!required.isEmpty()) {
                required.forEach(object.putArray("required")::add);
            }
            return object.put("additionalProperties", false);
        });
        if (schema.path("type").asText().equals("array") && type instanceof DeclaredType list) {
            schema.set("items", sent(list.getTypeArguments().get(0), field + ".*", rules));
        }
        return ruled(schema, rule);
    }

    /** The schema of a text that the code has rules for. */
    ObjectNode ruled(ObjectNode schema, Rule rule) {
        if (rule.uuid() && schema.path("type").asText().equals("string")) {
            schema.put("format", "uuid");
        } else if (rule.longest() > 0) {
            schema.put("maxLength", rule.longest());
        }
        if (rule.constants() != null && schema.path("type").asText().equals("string")) {
            enumeration(schema, rule.constants());
        }
        if (!rule.values().isEmpty()) {
            rule.values().stream().sorted().forEach(schema.putArray("enum")::add);
        }
        return schema;
    }

    private interface Named {
        ObjectNode schema(TypeElement type);
    }

    private ObjectNode of(TypeMirror type, Named named) {
        String name = sources.types().erasure(type).toString().replaceAll("@\\S+ ", "");
        return switch (type.getKind()) {
            case BOOLEAN -> object().put("type", "boolean");
            case INT, SHORT -> object().put("type", "integer").put("format", "int32");
            case LONG -> object().put("type", "integer").put("format", "int64");
            case DOUBLE, FLOAT -> object().put("type", "number");
            case DECLARED -> declared((DeclaredType) type, qualifiedName(type), named);
            default -> object().put("description", "any JSON, " + name);
        };
    }

    private static String qualifiedName(TypeMirror type) {
        return ((TypeElement) ((DeclaredType) type).asElement())
                .getQualifiedName()
                .toString();
    }

    private ObjectNode declared(DeclaredType type, String name, Named named) {
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        return switch (name) {
            case "java.lang.String" -> object().put("type", "string");
            case "java.util.UUID" -> object().put("type", "string").put("format", "uuid");
            case "java.time.Instant" -> object().put("type", "string").put("format", "date-time");
            case "java.time.LocalDate" -> object().put("type", "string").put("format", "date");
            case "java.lang.Boolean" -> object().put("type", "boolean");
            case "java.lang.Integer" -> object().put("type", "integer").put("format", "int32");
            case "java.lang.Long" -> object().put("type", "integer").put("format", "int64");
            case "java.math.BigDecimal", "java.lang.Double" -> object().put("type", "number");
            case "java.util.List", "java.util.Set", "java.util.Collection", "java.util.SortedSet" ->
                object().put("type", "array").set("items", nullable(arguments.get(0), of(arguments.get(0), named)));
            case "java.util.Map", "java.util.SortedMap" ->
                object().put("type", "object")
                        .set("additionalProperties", nullable(arguments.get(1), of(arguments.get(1), named)));
            case "java.util.Optional" -> of(arguments.get(0), named);
            case "com.fasterxml.jackson.databind.JsonNode", "java.lang.Object" -> object();
            case "com.fleetman.platform.Page" -> page(arguments.get(0));
            default -> ofOurs((TypeElement) type.asElement(), named);
        };
    }

    private ObjectNode ofOurs(TypeElement type, Named named) {
        if (type.getKind() == ElementKind.ENUM) {
            return enumeration(object().put("type", "string"), type.asType());
        }
        return named.schema(type);
    }

    /** A list goes on with {@code nextCursor}. */
    private ObjectNode page(TypeMirror item) {
        ObjectNode items = of(item, this::component);
        String name = items.path("$ref").asText("Any").replaceFirst("^.*/", "") + "Page";
        ObjectNode page = object().put("type", "object");
        ObjectNode properties = page.putObject("properties");
        properties.putObject("items").put("type", "array").set("items", items);
        properties
                .putObject("nextCursor")
                .put("description", "to be given as cursor for the next page; null on the last one")
                .putArray("type")
                .add("string")
                .add("null");
        page.putArray("required").add("items").add("nextCursor");
        components.put(name, page);
        return reference(name);
    }

    private ObjectNode component(TypeElement type) {
        String qualified = type.getQualifiedName().toString();
        String known = names.get(qualified);
        if (known != null) {
            return reference(known);
        }
        String name = simpleName(type);
        if (names.containsValue(name)) {
            // By its feature, the third part of the package.
            name = capital(qualified.replaceFirst("^\\w+\\.\\w+\\.(\\w+)\\..*$", "$1")) + name;
        }
        names.put(qualified, name);
        ObjectNode object = object().put("type", "object");
        components.put(name, object);
        fill(object, type);
        return reference(name);
    }

    private void fill(ObjectNode object, TypeElement type) {
        String comment = sources.comment(type);
        if (!comment.isEmpty()) {
            object.put("description", comment);
        }
        ObjectNode properties = object.putObject("properties");
        var required = new ArrayList<String>();
        String inclusion = Sources.annotation(type, "JsonInclude");
        boolean always = inclusion == null || inclusion.contains("ALWAYS");
        for (Property property : properties(type)) {
            ObjectNode value = answered(property.type());
            properties.set(property.name(), described(value, property.description()));
            if (always || !property.mayBeAbsent(inclusion)) {
                required.add(property.name());
            }
        }
        if (!required.isEmpty()) {
            required.forEach(object.putArray("required")::add);
        }
    }

    /** @param type with its annotations, as the component or the setter's parameter has it */
    private record Property(String name, TypeMirror type, String description) {
        boolean mayBeAbsent(@Nullable String inclusion) {
            String declared = type.toString();
            boolean leftOutWhereEmpty = inclusion != null && inclusion.contains("EMPTY");
            return Sources.isNullable(type)
                    || (leftOutWhereEmpty && (declared.contains("java.util.") || declared.contains("String")));
        }
    }

    private List<Property> properties(TypeElement type) {
        var properties = new ArrayList<Property>();
        for (Element element : type.getEnclosedElements()) {
            if (element instanceof RecordComponentElement component) {
                component(type, component, properties);
            } else if (type.getKind() == ElementKind.CLASS && Sources.annotation(element, "JsonProperty") != null) {
                properties.add(new Property(element.getSimpleName().toString(), element.asType(), ""));
            } else if (element instanceof ExecutableElement setter) {
                String name = Sources.annotation(setter, "JsonSetter");
                if (name != null) {
                    properties.add(
                            new Property(name, setter.getParameters().get(0).asType(), ""));
                }
            }
        }
        return properties;
    }

    private void component(TypeElement type, RecordComponentElement component, List<Property> properties) {
        String name = component.getSimpleName().toString();
        Element field = type.getEnclosedElements().stream()
                .filter(element -> element.getKind() == ElementKind.FIELD)
                .filter(element -> element.getSimpleName().contentEquals(name))
                .map(Element.class::cast)
                .findFirst()
                .orElse(component);
        if (annotated(component, field, "JsonIgnore") != null) {
            return;
        }
        if (annotated(component, field, "JsonUnwrapped") != null) {
            properties.addAll(properties((TypeElement) ((DeclaredType) component.asType()).asElement()));
            return;
        }
        String renamed = annotated(component, field, "JsonProperty");
        properties.add(new Property(
                renamed == null || renamed.isEmpty() ? name : renamed,
                component.asType(),
                sources.parameter(type, name)));
    }

    private static @Nullable String annotated(Element component, Element field, String annotation) {
        String value = Sources.annotation(component, annotation);
        return value == null ? Sources.annotation(field, annotation) : value;
    }

    /** The constants as they stand in JSON, which the compiled class knows. */
    private ObjectNode enumeration(ObjectNode schema, TypeMirror type) {
        var values = schema.putArray("enum");
        try {
            String name = binaryName((TypeElement) ((DeclaredType) type).asElement());
            for (Object constant : Class.forName(name).getEnumConstants()) {
                values.add(Json.tree(Json.write(constant)).asText());
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("compile before describing: " + type, e);
        }
        return schema;
    }

    private static String binaryName(TypeElement type) {
        return type.getEnclosingElement() instanceof TypeElement outer
                ? binaryName(outer) + "$" + type.getSimpleName()
                : type.getQualifiedName().toString();
    }

    private static String simpleName(TypeElement type) {
        String outer = type.getEnclosingElement() instanceof TypeElement enclosing && !isHolder(enclosing)
                ? simpleName(enclosing).replaceFirst("Resource$", "")
                : "";
        return outer + type.getSimpleName();
    }

    /** A class that only holds the stream's own events. */
    private static boolean isHolder(TypeElement type) {
        return type.getSimpleName().contentEquals("StreamEvents");
    }

    private static ObjectNode nullable(TypeMirror type, ObjectNode schema) {
        if (!Sources.isNullable(type)) {
            return schema;
        }
        if (schema.has("$ref")) {
            ObjectNode either = object();
            either.putArray("anyOf").add(schema).add(object().put("type", "null"));
            return either;
        }
        if (schema.path("type").isTextual()) {
            String plain = schema.get("type").asText();
            schema.putArray("type").add(plain).add("null");
            if (schema.has("enum")) {
                schema.withArray("enum").addNull();
            }
        }
        return schema;
    }

    private static ObjectNode described(ObjectNode schema, String description) {
        return description.isEmpty() ? schema : schema.put("description", description);
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
