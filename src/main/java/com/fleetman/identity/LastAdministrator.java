package com.fleetman.identity;

import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/**
 * Sees to it that there always is somebody who can administer. Whoever takes a right away from an account holds its lock
 * to the end of the transaction: of two administrators who take each other's, the second must see what the first did.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class LastAdministrator {
    static final long LOCK = 0x666c_6164_6d01L; // any number that no other job takes

    private final EntityManager entities;

    @Inject
    LastAdministrator(EntityManager entities) {
        this.entities = entities;
    }

    /** Makes changes of rights wait for each other; to be called before the account's row is locked. */
    public void lock() {
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(:lock) as text)")
                .setParameter("lock", LOCK)
                .getSingleResult();
    }

    /** @throws Problem 409 {@code last_admin} if there is no other active administrator than this one */
    public void requireAnother(UUID userId) {
        Object others = entities.createNativeQuery("""
                        select exists (select 1 from app_user where roles like '%ADMIN%' and status = 'ACTIVE'
                                       and id <> :user)""", Boolean.class)
                .setParameter("user", userId)
                .getSingleResult();
        if (!Boolean.TRUE.equals(others)) {
            throw Problem.conflict("last_admin", "this is the last active administrator");
        }
    }
}
