package com.fleetman.admin;

import com.fleetman.identity.FindAccounts;
import com.fleetman.stream.CloseStreams;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.UUID;

/** Closes streams, with an entry in the audit log. */
@ApplicationScoped
@Transactional
class EndStreams {
    private final CloseStreams closeStreams;
    private final FindAccounts accounts;
    private final AuditLog audit;

    @Inject
    EndStreams(CloseStreams closeStreams, FindAccounts accounts, AuditLog audit) {
        this.closeStreams = closeStreams;
        this.accounts = accounts;
        this.audit = audit;
    }

    public void one(Administrator by, UUID streamId) {
        closeStreams.close(streamId);
        audit.add(by, "stream.close", "streams/" + streamId, null, null);
    }

    /** @return how many there were */
    public int ofUser(Administrator by, UUID userId) {
        accounts.require(userId);
        int streams = closeStreams.closeAll(userId);
        audit.add(by, "user.streams.close", AdministerUsers.target(userId), Map.of("streams", streams), null);
        return streams;
    }
}
