package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container recycles what is over: nothing of it may be touched then, and it may be completed only once. */
@Timeout(30)
class ServletWireTest {
    private final Exchange exchange = new Exchange();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void doesNotTouchTheOutputBeforeTheContainerAllowsIt() throws IOException {
        ServletWire wire = open();

        assertThat(wire.isReady()).isFalse();
        assertThat(exchange.calls).containsExactly("addListener", "setWriteListener");

        wire.onWritePossible();
        assertThat(told).containsExactly("writable");
        assertThat(wire.isReady()).isTrue();
        exchange.output.ready = false;
        assertThat(wire.isReady()).isFalse();
    }

    @Test
    void writesAndFlushesToTheOutput() throws IOException {
        ServletWire wire = ready();

        wire.write(bytes("data: 1\n\n"));
        wire.flush();

        assertThat(exchange.output.taken.toString(StandardCharsets.UTF_8)).isEqualTo("data: 1\n\n");
        assertThat(exchange.calls).endsWith("write", "flush");
    }

    @Test
    void completesOnceHoweverOftenItIsClosed() throws IOException {
        ServletWire wire = ready();

        wire.close();
        wire.close();
        wire.onComplete(new AsyncEvent(exchange.context()));
        wire.close();

        assertThat(exchange.completions()).isEqualTo(1);
        assertThat(told).containsExactly("writable", "gone");
    }

    @Test
    void touchesNothingAfterTheContainerCompleted() throws IOException {
        ServletWire wire = ready();

        wire.onComplete(new AsyncEvent(exchange.context()));

        assertTouchesNothing(wire);
        assertThat(exchange.completions()).isZero();
        assertThat(told).containsExactly("writable", "gone");
    }

    @Test
    void completesAndTouchesNothingAfterAnErrorOfTheOutput() throws IOException {
        ServletWire wire = ready();

        wire.onError(new IOException("broken pipe"));
        wire.onError(new AsyncEvent(exchange.context()));
        wire.onComplete(new AsyncEvent(exchange.context()));

        assertThat(exchange.completions()).isEqualTo(1);
        assertTouchesNothing(wire);
        assertThat(told).startsWith("writable", "gone").containsOnlyOnce("writable");
    }

    @Test
    void completesAndTouchesNothingAfterAnErrorOfTheExchange() throws IOException {
        ServletWire wire = ready();

        wire.onError(new AsyncEvent(exchange.context()));

        assertThat(exchange.completions()).isEqualTo(1);
        assertTouchesNothing(wire);
    }

    @Test
    void completesAndTouchesNothingAfterATimeout() throws IOException {
        ServletWire wire = ready();

        wire.onTimeout(new AsyncEvent(exchange.context()));

        assertThat(exchange.completions()).isEqualTo(1);
        assertTouchesNothing(wire);
        assertThat(told).containsExactly("writable", "drained");
    }

    @Test
    void saysLastWordsWhenTheContainerEndsTheExchange() throws IOException {
        ServletWire wire = ready();

        wire.onTimeout(new AsyncEvent(exchange.context()));

        assertThat(exchange.output.taken.toString(StandardCharsets.UTF_8)).isEqualTo("event: reconnect\n\n");
    }

    @Test
    void saysNothingToAClientThatCannotTakeIt() throws IOException {
        ServletWire wire = ready();
        exchange.output.ready = false;

        wire.onTimeout(new AsyncEvent(exchange.context()));

        assertThat(exchange.output.taken.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(exchange.completions()).isEqualTo(1);
    }

    @Test
    void touchesNothingAfterItWasClosed() throws IOException {
        ServletWire wire = ready();

        wire.close();

        assertTouchesNothing(wire);
    }

    @Test
    void doesNotMindAWriteThatBecomesPossibleTooLate() throws IOException {
        ServletWire wire = open();
        wire.close();

        wire.onWritePossible();

        assertTouchesNothing(wire);
    }

    @Test
    void doesNotMindAContainerThatWasFaster() throws IOException {
        ServletWire wire = ready();
        exchange.completionFailure = new IllegalStateException("already completed");
        wire.close();

        ServletWire other = ready();
        exchange.completionFailure = new NullPointerException("recycled");
        other.close();

        assertTouchesNothing(wire);
        assertTouchesNothing(other);
    }

    @Test
    void tellsItsUserWhenAWriteFails() throws IOException {
        ServletWire wire = ready();
        exchange.output.failure = new IOException("broken pipe");

        assertThatThrownBy(() -> wire.write(bytes("x"))).isInstanceOf(IOException.class);
        assertThatThrownBy(wire::flush).isInstanceOf(IOException.class);
        wire.close();

        assertThat(exchange.completions()).isEqualTo(1);
    }

    @Test
    void letsTheContainerRecycleOnlyWhenNoWriteIsUnderWay() throws Exception {
        ServletWire wire = ready();
        var container = new Thread(() -> {
            wire.onComplete(new AsyncEvent(exchange.context()));
            exchange.calls.add("recycled");
        });
        exchange.output.meanwhile = () -> {
            container.start();
            while (container.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        };

        wire.write(bytes("x"));
        container.join();

        assertThat(exchange.calls).endsWith("write", "recycled");
        assertTouchesNothing(wire);
    }

    @Test
    void completesOnceForManyThreads() throws Exception {
        for (int round = 0; round < 200; round++) {
            exchange.calls.clear();
            ServletWire wire = ready();
            var go = new CountDownLatch(1);
            var threads = new ArrayList<Thread>();
            List<Runnable> ends = List.of(
                    wire::close,
                    () -> wire.onError(new IOException("broken pipe")),
                    () -> wire.onTimeout(new AsyncEvent(exchange.context())),
                    wire::close);
            for (Runnable end : ends) {
                threads.add(Thread.ofVirtual().start(() -> {
                    awaitUninterrupted(go);
                    end.run();
                }));
            }
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(exchange.completions()).isEqualTo(1);
        }
    }

    private ServletWire open() throws IOException {
        return ServletWire.open(exchange.context(), new ServletWire.Listener() {
            @Override
            public void writable() {
                told.add("writable");
            }

            @Override
            public byte[] lastWords() {
                return bytes("event: reconnect\n\n");
            }

            @Override
            public void gone(CloseReason reason) {
                told.add(reason == CloseReason.DRAINED ? "drained" : "gone");
            }
        });
    }

    private ServletWire ready() throws IOException {
        ServletWire wire = open();
        wire.onWritePossible();
        return wire;
    }

    private void assertTouchesNothing(ServletWire wire) throws IOException {
        List<String> before = List.copyOf(exchange.calls);
        assertThat(wire.isReady()).isFalse();
        wire.write(bytes("too late"));
        wire.flush();
        wire.close();
        assertThat(exchange.calls).isEqualTo(before);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An asynchronous exchange that notes every call. */
    private static final class Exchange {
        final List<String> calls = new CopyOnWriteArrayList<>();
        final Output output = new Output(calls);

        @Nullable
        RuntimeException completionFailure;

        long completions() {
            return calls.stream().filter("complete"::equals).count();
        }

        AsyncContext context() {
            return proxy(AsyncContext.class, name -> {
                if (name.equals("getResponse")) {
                    return proxy(ServletResponse.class, asked -> output);
                }
                calls.add(name);
                if (name.equals("complete") && completionFailure != null) {
                    throw completionFailure;
                }
                return null;
            });
        }

        /** Answers every method by its name; the containers' interfaces are far larger than what is used of them. */
        private static <T> T proxy(Class<T> type, Answers answers) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> answers.to(method.getName())));
        }

        private interface Answers {
            @Nullable
            Object to(String method);
        }
    }

    private static final class Output extends ServletOutputStream {
        private final List<String> calls;
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        Runnable meanwhile = () -> {};

        @Nullable
        IOException failure;

        boolean ready = true;

        Output(List<String> calls) {
            this.calls = calls;
        }

        @Override
        public boolean isReady() {
            calls.add("isReady");
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            calls.add("setWriteListener");
            assertThat(listener).isInstanceOf(AsyncListener.class);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            meanwhile.run();
            calls.add("write");
            fail();
            taken.writeBytes(bytes);
        }

        @Override
        public void flush() throws IOException {
            calls.add("flush");
            fail();
        }

        private void fail() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
