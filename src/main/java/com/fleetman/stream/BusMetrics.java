package com.fleetman.stream;

import com.fleetman.platform.Health;
import com.fleetman.platform.HealthCheck;
import com.fleetman.platform.Measured;
import com.fleetman.platform.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** How the cluster bus is, and what it carried. Told by the bus. */
@ApplicationScoped
class BusMetrics implements Measured, HealthCheck {
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private volatile boolean listening;
    private volatile boolean failing;

    /** Signals have gone to the other nodes. */
    void sent(int signals) {
        sent.add(signals);
    }

    /** Signals have come from other nodes. */
    void received(int signals) {
        received.add(signals);
    }

    /** A signal was let go, since too many wait. */
    void dropped() {
        dropped.increment();
    }

    /** Signals could not be sent. */
    void failed(int signals) {
        failed.add(signals);
    }

    /** Whether the signals of other nodes are heard now. */
    void listens(boolean now) {
        if (listening && !now) {
            lost.increment();
        }
        listening = now;
    }

    /** Whether the last signals went to the other nodes. */
    void sends(boolean now) {
        failing = !now;
    }

    @Override
    public void measure(Meters meters) {
        meters.gauge("bus_up", "1 while the signals of other nodes are heard.", () -> listening ? 1 : 0);
        meters.counter("bus_sent", "Signals sent to the other nodes.", sent);
        meters.counter("bus_received", "Signals of other nodes.", received);
        meters.counter("bus_dropped", "Signals that were not sent, since too many waited.", dropped);
        meters.counter("bus_failed", "Signals that could not be sent.", failed);
        meters.counter("bus_connection_lost", "How often the bus lost its connection.", lost);
    }

    @Override
    public String component() {
        return "bus";
    }

    @Override
    public Set<Probe> probes() {
        return Set.of(Probe.READY);
    }

    /** Never down: what the bus does not bring, the reconciliation finds. */
    @Override
    public Health check() {
        if (!listening) {
            return Health.degraded("other nodes are not heard; their events come with the next reconciliation");
        }
        return failing
                ? Health.degraded("other nodes hear nothing; events reach them with their next reconciliation")
                : Health.UP;
    }
}
