package com.fleetman.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error that a caller of the API sees, as {@code application/problem+json} (RFC 9457) with a stable {@code code}.
 * Thrown by use cases as by resources; it rolls the transaction back as every unchecked exception does.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Media type of an error body, RFC 9457. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private final int status;
    private final String code;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private Problem(int status, String code, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    /** One field that is wrong: its name in the request, a stable code, and a sentence for a developer. */
    public record FieldError(String field, String code, String message) {}

    /**
     * The body on the wire. {@code errors} is absent where no field is to blame.
     *
     * @param requestId the id of the request, {@link RequestIds}; null where it has none
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Body(
            String type,
            String title,
            int status,
            String code,
            String detail,
            List<FieldError> errors,
            @Nullable String requestId) {}

    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), null);
    }

    public static Problem badRequest(String code, String detail) {
        return of(400, code, detail);
    }

    public static Problem unauthorized(String code, String detail) {
        return of(401, code, detail);
    }

    public static Problem forbidden(String code, String detail) {
        return of(403, code, detail);
    }

    public static Problem notFound(String code, String detail) {
        return of(404, code, detail);
    }

    public static Problem conflict(String code, String detail) {
        return of(409, code, detail);
    }

    public static Problem tooManyRequests(String code, String detail, Duration retryAfter) {
        return new Problem(429, code, detail, List.of(), retryAfter);
    }

    public static Problem unavailable(String code, String detail, Duration retryAfter) {
        return new Problem(503, code, detail, List.of(), retryAfter);
    }

    /** 400 {@code validation_failed} with the fields that are wrong. */
    static Problem invalid(List<FieldError> errors) {
        String first =
                errors.isEmpty() ? "the request is not valid" : errors.get(0).message();
        return new Problem(400, "validation_failed", first, List.copyOf(errors), null);
    }

    /** The same problem, blamed on one field. */
    public Problem field(String field) {
        return new Problem(status, code, detail(), List.of(new FieldError(field, code, detail())), retryAfter);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** What {@code Retry-After} says, or null where trying again later does not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public Body body() {
        return body(null);
    }

    /** @param requestId null where the request has none */
    public Body body(@Nullable String requestId) {
        return new Body("about:blank", Statuses.reason(status), status, code, detail(), errors, requestId);
    }
}
