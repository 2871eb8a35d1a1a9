package com.fleetman.chaos;

import com.fleetman.chaos.Chronicle.Count;
import com.fleetman.testing.Account;
import com.fleetman.testing.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Requests that are tried again, at either node, until they are answered. */
final class Requests {
    private static final Duration AGAIN = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Chronicle chronicle;

    Requests(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    static Node either(Random random) {
        return random.nextBoolean() ? Node.first() : Node.second();
    }

    static Node other(Node node) {
        return node.equals(Node.first()) ? Node.second() : Node.first();
    }

    /** Whatever is asked, a node that is there answers it; nothing else may be said by one that is not all there. */
    private static boolean isAway(Account.Answer answer, Node node, Chronicle chronicle) {
        boolean bare = !answer.json().has("code");
        return answer.status() == 503
                || (answer.status() == 404 && bare)
                || (answer.status() == 500 && bare && chronicle.isStopping(node));
    }

    static void requireAway(Account.Answer answer, Node node, String what, Chronicle chronicle) {
        if (!isAway(answer, node, chronicle)) {
            chronicle.complain(what + " at " + node + " was answered " + answer.status() + " "
                    + answer.http().body());
        }
    }

    /**
     * Asks until there is a success.
     *
     * @param first the node that is asked first
     * @param headers names and values by turns
     * @return the answer, a success
     * @throws AssertionError if there is none in time, or one that must not be
     */
    Account.Answer demand(
            Session session, Node first, String method, String path, @Nullable String body, String... headers) {
        long start = System.nanoTime();
        var pause = new End();
        Node node = first;
        String last = "nothing";
        while (System.nanoTime() - start < LIMIT.toNanos()) {
            Account account = session.account();
            boolean again = false;
            try {
                Account.Answer answer = account.at(node).trySend(method, path, body, headers);
                if (answer.status() < 300) {
                    return answer;
                }
                last = answer.status() + " " + answer.http().body();
                if (answer.status() == 401) {
                    again = session.renew(account, node);
                } else if (!isAway(answer, node, chronicle)) {
                    throw new AssertionError(method + " " + path + " at " + node + " was answered " + last);
                }
            } catch (IOException e) {
                last = e.toString();
            }
            chronicle.count(Count.ATTEMPTS_AGAIN);
            if (!again) {
                node = other(node);
                pause.comesWithin(AGAIN);
            }
        }
        throw new AssertionError(
                method + " " + path + " had no success within " + LIMIT + "; the last answer: " + last);
    }
}
