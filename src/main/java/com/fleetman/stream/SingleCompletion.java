package com.fleetman.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets a stream's exchange be completed once, whoever does it first. The JAX-RS implementation, which believes that the
 * response is its own, completes it again when it hears that it is over; containers answer that with an exception, or
 * worse, once they have given the exchange to somebody else.
 */
@WebFilter(filterName = "single-completion", urlPatterns = "/api/v1/notifications/stream", asyncSupported = true)
public class SingleCompletion extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** Of the request: its {@link Exchanged}. */
    static final String EXCHANGED = "com.fleetman.stream.exchanged";

    /** What the container gave, without the proxies of JAX-RS, which wait for each other when many clients come at once. */
    record Exchanged(HttpServletRequest request, HttpServletResponse response) {}

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var once = new Request(request);
        once.setAttribute(EXCHANGED, new Exchanged(once, response));
        chain.doFilter(once, response);
    }

    private static final class Request extends HttpServletRequestWrapper {
        private @Nullable Exchange exchange;

        Request(HttpServletRequest request) {
            super(request);
        }

        @Override
        public AsyncContext startAsync() {
            return wrapped(super.startAsync());
        }

        @Override
        public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
            return wrapped(super.startAsync(request, response));
        }

        @Override
        public AsyncContext getAsyncContext() {
            Exchange started = exchange;
            return started == null ? super.getAsyncContext() : started;
        }

        private Exchange wrapped(AsyncContext started) {
            var wrapped = new Exchange(started);
            exchange = wrapped;
            return wrapped;
        }
    }

    private static final class Exchange implements AsyncContext {
        private final AsyncContext started;
        private final AtomicBoolean completed = new AtomicBoolean();

        Exchange(AsyncContext started) {
            this.started = started;
        }

        @Override
        public void complete() {
            if (completed.compareAndSet(false, true)) {
                started.complete();
            }
        }

        @Override
        public ServletRequest getRequest() {
            return started.getRequest();
        }

        @Override
        public ServletResponse getResponse() {
            return started.getResponse();
        }

        @Override
        public boolean hasOriginalRequestAndResponse() {
            return started.hasOriginalRequestAndResponse();
        }

        @Override
        public void dispatch() {
            started.dispatch();
        }

        @Override
        public void dispatch(String path) {
            started.dispatch(path);
        }

        @Override
        public void dispatch(ServletContext context, String path) {
            started.dispatch(context, path);
        }

        @Override
        public void start(Runnable task) {
            started.start(task);
        }

        @Override
        public void addListener(AsyncListener listener) {
            started.addListener(listener);
        }

        @Override
        public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
            started.addListener(listener, request, response);
        }

        @Override
        public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
            return started.createListener(type);
        }

        @Override
        public void setTimeout(long milliseconds) {
            started.setTimeout(milliseconds);
        }

        @Override
        public long getTimeout() {
            return started.getTimeout();
        }
    }
}
