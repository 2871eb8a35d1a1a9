package com.fleetman.stream;

import com.fleetman.platform.Tracing;
import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the current transaction has appended to logs, in its order. All of it is told at once after the commit: of
 * several events of a transaction CDI would tell in an order of its own, and the servers' is the reverse one, so that
 * every stream would have to look into the log for what comes first.
 */
@TransactionScoped
class Appended implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Filled until the transaction ends; whoever observes the commit has the whole.
     *
     * @param traced of those wake-ups that are traced
     */
    record Commit(List<Signal.WakeUp> wakeUps, List<Tracing.Append> traced) {}

    private final transient Commit commit = new Commit(new ArrayList<>(), new ArrayList<>(0));

    /**
     * @param trace null if it is not traced
     * @return whether it was the transaction's first
     */
    boolean add(Signal.WakeUp wakeUp, Tracing.@Nullable Append trace) {
        commit.wakeUps().add(wakeUp);
        if (trace != null) {
            commit.traced().add(trace);
        }
        return commit.wakeUps().size() == 1;
    }

    Commit commit() {
        return commit;
    }
}
