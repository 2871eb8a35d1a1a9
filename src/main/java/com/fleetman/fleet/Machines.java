package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Problem;
import com.fleetman.stream.Inbox;
import com.fleetman.stream.UserLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds a machine for somebody who may see it; another's machine does not exist, as far as a caller is concerned. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class Machines {
    private final EntityManager entities;
    private final UserLog log;

    @Inject
    Machines(EntityManager entities, UserLog log) {
        this.entities = entities;
        this.log = log;
    }

    /** A machine and what the caller is to it. */
    record Access(Machine machine, Standing standing) {
        /** @throws Problem 403 {@code not_the_owner} for the assigned provider */
        Access governing() {
            if (!standing.governs()) {
                throw Problem.forbidden("not_the_owner", "only the owner of the machine may do this");
            }
            return this;
        }
    }

    /** @throws Problem 404 {@code machine_not_found} */
    Access read(Caller caller, UUID id) {
        return access(caller, entities.find(Machine.class, id));
    }

    /**
     * Locks the machine to the end of the transaction: first of all, before any inbox.
     *
     * @throws Problem 404 {@code machine_not_found}
     */
    Access lock(Caller caller, UUID id) {
        return access(caller, entities.find(Machine.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    private static Access access(Caller caller, @Nullable Machine machine) {
        if (machine != null) {
            if (caller.roles().contains("ADMIN")) {
                return new Access(machine, Standing.ADMIN);
            }
            if (caller.userId().equals(machine.ownerId())) {
                return new Access(machine, Standing.OWNER);
            }
            if (caller.userId().equals(machine.assignedProviderId())) {
                return new Access(machine, Standing.PROVIDER);
            }
        }
        throw Problem.notFound("machine_not_found", "there is no such machine");
    }

    /**
     * Locks the inboxes of the owner, the assigned provider and others, all at once as their order demands. The machine
     * must have been locked before.
     *
     * @param others null for none
     */
    Map<UUID, Inbox> lockInboxes(Machine machine, @Nullable UUID... others) {
        Set<UUID> users = new LinkedHashSet<>();
        users.add(machine.ownerId());
        UUID provider = machine.assignedProviderId();
        if (provider != null) {
            users.add(provider);
        }
        for (UUID other : others) {
            if (other != null) {
                users.add(other);
            }
        }
        return log.lock(users);
    }
}
