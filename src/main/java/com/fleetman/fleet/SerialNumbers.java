package com.fleetman.fleet;

import com.fleetman.identity.User;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Keeps serial numbers unique within their brand, without regard to case and accents. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class SerialNumbers {
    private final EntityManager entities;

    @Inject
    SerialNumbers(EntityManager entities) {
        this.entities = entities;
    }

    /** Whether both mean the same machine of the same brand. */
    static boolean same(Machine.Names one, Machine.Names other) {
        return User.searchKey(one.brand()).equals(User.searchKey(other.brand()))
                && User.searchKey(one.serialNumber()).equals(User.searchKey(other.serialNumber()));
    }

    /**
     * Claims a serial number to the end of the transaction: whoever wants the same one waits and then finds it taken.
     * After the machine's lock, before any inbox.
     *
     * @throws Problem 409 {@code serial_taken} if another machine has it, whosever that is
     */
    void claim(UUID machineId, Machine.Names names) {
        String brand = User.searchKey(names.brand());
        String serial = User.searchKey(names.serialNumber());
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(:key, 0)) as text)")
                .setParameter("key", "machine_serial\n" + brand + "\n" + serial)
                .getSingleResult();
        boolean taken = !entities.createQuery("""
                        select m.id from Machine m
                        where m.brandKey = :brand and m.serialKey = :serial and m.id <> :id""", UUID.class)
                .setParameter("brand", brand)
                .setParameter("serial", serial)
                .setParameter("id", machineId)
                .getResultList()
                .isEmpty();
        if (taken) {
            throw Problem.conflict("serial_taken", "there is a machine of this brand with this serial number already")
                    .field("serialNumber");
        }
    }
}
