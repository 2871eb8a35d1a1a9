package com.fleetman.platform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Reads and writes JSON bodies through {@link Json} and turns what it refuses into problems that name the field. */
@Provider
@ApplicationScoped
@Priority(Priorities.USER - 100)
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class JsonBody implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Settings settings;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return isJson(media) && type != InputStream.class && type != byte[].class;
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        byte[] bytes = bytes(body);
        if (isBlank(bytes)) {
            throw Problem.badRequest("body_required", "a JSON body is required");
        }
        return parse(bytes, Json.MAPPER.constructType(generic));
    }

    /** The body of a method that can do without one; empty if nothing was sent. */
    public <T> Optional<T> optional(InputStream body, Class<T> type) throws IOException {
        byte[] bytes = bytes(body);
        return isBlank(bytes)
                ? Optional.empty()
                : Optional.of(type.cast(parse(bytes, Json.MAPPER.constructType(type))));
    }

    /** Nothing but what JSON takes for white space. */
    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private byte[] bytes(InputStream body) throws IOException {
        int limit = settings.web().bodyLimitBytes();
        byte[] bytes = read(body, limit + 1, settings.web().bodyTime(), System::nanoTime);
        if (bytes.length > limit) {
            throw Problem.of(413, "body_too_large", "the body must have at most " + limit + " bytes");
        }
        return bytes;
    }

    /**
     * Reads to the end, or so many bytes. A client that sends now and then a byte holds a thread no longer than the time;
     * one that sends nothing at all is cut by the connector's own time-out.
     *
     * @throws Problem 408 {@code body_too_slow}
     */
    static byte[] read(InputStream body, int most, Duration time, LongSupplier nanoTime) throws IOException {
        long start = nanoTime.getAsLong();
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[Math.min(most, 8_192)];
        int size = body.read(buffer, 0, buffer.length);
        while (size >= 0 && bytes.size() < most) {
            bytes.write(buffer, 0, size);
            if (nanoTime.getAsLong() - start > time.toNanos()) {
                throw Problem.of(408, "body_too_slow", "the body must be sent within " + time.toSeconds() + " seconds");
            }
            size = body.read(buffer, 0, Math.max(1, Math.min(buffer.length, most - bytes.size())));
        }
        return bytes.toByteArray();
    }

    static Object parse(byte[] bytes, JavaType type) throws IOException {
        Object value;
        try {
            value = Json.MAPPER.readValue(bytes, type);
        } catch (JacksonException e) {
            throw problem(e);
        }
        if (value == null) {
            throw Problem.badRequest("body_required", "a JSON body is required");
        }
        return value;
    }

    private static Problem problem(JacksonException refused) {
        String path = refused instanceof JsonMappingException mapping ? path(mapping) : "";
        Problem problem = problem(refused, path);
        return path.isEmpty() ? problem : problem.field(path);
    }

    private static Problem problem(JacksonException refused, String path) {
        Throwable cause = refused;
        while (cause != null) {
            if (cause instanceof Json.Refused broken) {
                return Problem.badRequest(broken.code(), broken.getOriginalMessage());
            }
            if (cause instanceof StreamConstraintsException) {
                return Problem.badRequest("json_too_deep", "the JSON is nested too deeply or has an oversized value");
            }
            if (cause instanceof InputCoercionException) {
                return wrongType(path); // a number out of range
            }
            cause = cause.getCause();
        }
        if (refused instanceof UnrecognizedPropertyException) {
            return Problem.badRequest("unknown_field", "unknown field " + path);
        }
        if (refused instanceof MismatchedInputException && !isTrailing(refused)) {
            return wrongType(path);
        }
        return Problem.badRequest("malformed_json", "the body is not well-formed JSON in UTF-8");
    }

    private static Problem wrongType(String path) {
        return Problem.badRequest(
                "wrong_type", path.isEmpty() ? "the JSON has the wrong type" : path + " has the wrong type");
    }

    /** Whether something follows the JSON; Jackson has no type of its own for it. */
    private static boolean isTrailing(JacksonException refused) {
        return refused.getOriginalMessage().startsWith("Trailing token");
    }

    private static String path(JsonMappingException refused) {
        return refused.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return isJson(media) && type != byte[].class && !InputStream.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            Object value,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        out.write(Json.write(value).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static boolean isJson(MediaType media) {
        return "json".equals(media.getSubtype()) || media.getSubtype().endsWith("+json");
    }
}
