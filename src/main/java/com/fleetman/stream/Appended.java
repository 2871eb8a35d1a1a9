package com.fleetman.stream;

import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the current transaction has appended to logs, in its order. All of it is told at once after the commit: of
 * several events of a transaction CDI would tell in an order of its own, and the servers' is the reverse one, so that
 * every stream would have to look into the log for what comes first.
 */
@TransactionScoped
class Appended implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Filled until the transaction ends; whoever observes the commit has the whole. */
    record Commit(List<Signal.WakeUp> wakeUps) {}

    private final transient Commit commit = new Commit(new ArrayList<>());

    /** @return whether it was the transaction's first */
    boolean add(Signal.WakeUp wakeUp) {
        commit.wakeUps().add(wakeUp);
        return commit.wakeUps().size() == 1;
    }

    Commit commit() {
        return commit;
    }
}
