package com.fleetman.description;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** The description of the stream's events: AsyncAPI 3. */
final class AsyncApi {
    private static final String USER_EVENT = "com.fleetman.stream.UserEvent";

    private final Sources sources;
    private final CodeReader code;
    private final Schemas schemas;

    AsyncApi(Sources sources, CodeReader code) {
        this.sources = sources;
        this.code = code;
        this.schemas = new Schemas(sources);
    }

    /** @param name as in {@code event:}; empty for the default event */
    private record Event(String name, TypeElement data) {}

    ObjectNode document(String version) {
        ObjectNode document = Schemas.object().put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "FleetMan stream")
                .put("version", version)
                .put(
                        "description",
                        "Server-Sent Events (WHATWG HTML section 9.2) of GET notifications/stream. id: is the position in"
                                + " the user's log; a device that comes back with Last-Event-ID misses nothing.");
        ObjectNode channel = document.putObject("channels").putObject("stream");
        channel.put("address", "/api/v1/notifications/stream");
        channel.put("description", "What the devices of the signed-in user must know, in the order of the commits.");
        ObjectNode messages = channel.putObject("messages");
        ObjectNode operation = document.putObject("operations").putObject("receive");
        operation.put("action", "send").put("summary", "The server tells a device what has happened.");
        operation.putObject("channel").put("$ref", "#/channels/stream");
        ObjectNode components = document.putObject("components");
        ObjectNode described = components.putObject("messages");
        var examples = new Examples(schemas.components());
        events().forEach((key, event) -> {
            messages.putObject(key).put("$ref", "#/components/messages/" + key);
            described.set(key, message(event, examples));
        });
        ObjectNode named = components.putObject("schemas");
        schemas.components().forEach(named::set);
        return document;
    }

    private Map<String, Event> events() {
        var events = new TreeMap<String, Event>();
        for (TypeElement type : sources.all()) {
            if (isUserEvent(type)) {
                events.put(type.getSimpleName().toString(), new Event(name(type), type));
            }
            for (Element method : type.getEnclosedElements()) {
                code.of(method).events.forEach(sent -> {
                    String key = sent.name().isEmpty()
                            ? ((DeclaredType) sent.data())
                                    .asElement()
                                    .getSimpleName()
                                    .toString()
                            : Schemas.capital(sent.name());
                    if (!sent.name().contains("*") && !sent.name().contains("{")) {
                        events.put(key, new Event(sent.name(), (TypeElement) ((DeclaredType) sent.data()).asElement()));
                    }
                });
            }
        }
        return events;
    }

    /** What is added to the records' JSON when an event is written to a stream. */
    private void traced(ObjectNode payload) {
        String name = payload.path("$ref").asText().replaceFirst("^.*/", "");
        ObjectNode object = schemas.components().get(name);
        if (object == null) {
            throw new IllegalStateException("the data of an event is no record: " + payload);
        }
        object.withObjectProperty("properties")
                .putObject("traceparent")
                .put("type", "string")
                .put(
                        "description",
                        "the trace that the event belongs to (W3C Trace Context); only if the server traces the"
                                + " request that caused it");
    }

    private static boolean isUserEvent(TypeElement type) {
        return type.getKind() != ElementKind.INTERFACE
                && type.getInterfaces().stream().map(TypeMirror::toString).anyMatch(USER_EVENT::equals);
    }

    private String name(TypeElement type) {
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            String returned = code.of(method).returned;
            if (method.getSimpleName().contentEquals("eventName") && returned != null) {
                return returned;
            }
        }
        throw new IllegalStateException(type + " does not say the name of its event as a constant");
    }

    private ObjectNode message(Event event, Examples examples) {
        ObjectNode message = Schemas.object().put("name", event.name().isEmpty() ? "message" : event.name());
        message.put("title", event.data().getSimpleName().toString());
        String comment = sources.comment(event.data());
        message.put(
                "summary",
                comment.isEmpty() ? "The stream's own event " + event.data().getSimpleName() + "." : comment);
        message.put("contentType", "application/json");
        message.put("x-sse-event", event.name());
        ObjectNode payload = schemas.answered(event.data().asType());
        if (isUserEvent(event.data())) {
            traced(payload);
        }
        message.set("payload", payload);
        ObjectNode example = message.putArray("examples").addObject();
        example.put("name", event.data().getSimpleName().toString());
        example.set("payload", examples.of(event.data().getSimpleName().toString(), payload));
        return message;
    }
}
