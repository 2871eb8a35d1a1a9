package com.fleetman.platform.traces;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads W3C Trace Context; what is not valid is as if it were not there. */
final class Parent {
    private static final String TRACEPARENT = "traceparent";
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private Parent() {}

    /** What a request came with. */
    static Context of(HttpServletRequest request) {
        return W3C.extract(Context.root(), request, new Headers());
    }

    /** What stands with an event. */
    static Context of(String traceparent) {
        return W3C.extract(Context.root(), Map.of(TRACEPARENT, traceparent), new Members());
    }

    /** Several {@code traceparent} are none (section 3.2.1), and several {@code tracestate} are one (section 3.3.1). */
    private static final class Headers implements TextMapGetter<HttpServletRequest> {
        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
            List<String> values = request == null ? List.of() : Collections.list(request.getHeaders(name));
            if (values.isEmpty() || (values.size() > 1 && name.equals(TRACEPARENT))) {
                return null;
            }
            return String.join(",", values);
        }
    }

    private static final class Members implements TextMapGetter<Map<String, String>> {
        @Override
        public @Nullable String get(@Nullable Map<String, String> members, String name) {
            return members == null ? null : members.get(name);
        }
    }
}
