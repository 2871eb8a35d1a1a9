package com.fleetman.chaos;

import com.fleetman.chaos.Chronicle.Count;
import com.fleetman.testing.Account;
import com.fleetman.testing.Node;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** A session of a user on one device, kept alive as a client does: refreshed, or begun anew where that is refused. */
final class Session {
    private final Chronicle chronicle;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Account account;

    Session(Account account, Chronicle chronicle) {
        this.account = account;
        this.chronicle = chronicle;
    }

    Account account() {
        return account;
    }

    /**
     * Gets other tokens from the node, unless somebody has got them meanwhile.
     *
     * @param stale whose token was refused, or soon will be
     * @return whether there are other tokens now; else the node cannot give any
     */
    boolean renew(Account stale, Node node) {
        renewing.lock();
        try {
            if (account != stale) {
                return true;
            }
            Account.Answer refreshed = stale.at(node).tryRefresh();
            if (refreshed.status() == 200) {
                chronicle.count(Count.REFRESHES);
                account = stale.with(refreshed);
                return true;
            }
            if (refreshed.status() != 401 && refreshed.status() != 409) {
                Requests.requireAway(refreshed, node, "auth/refresh", chronicle);
                return false;
            }
            Account.Answer signedIn = stale.at(node).trySignIn();
            if (signedIn.status() == 200) {
                chronicle.count(Count.SIGN_INS);
                account = stale.with(signedIn);
                return true;
            }
            Requests.requireAway(signedIn, node, "auth/login", chronicle);
            return false;
        } catch (IOException e) {
            return false;
        } finally {
            renewing.unlock();
        }
    }
}
