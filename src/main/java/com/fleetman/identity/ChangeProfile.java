package com.fleetman.identity;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what a user says of themselves; what the request leaves out stays. */
@ApplicationScoped
@Transactional
class ChangeProfile {
    private final EntityManager entities;
    private final Clock clock;

    @Inject
    ChangeProfile(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** The body of {@code PATCH /users/me}. */
    record Change(@Nullable String companyName, @Nullable String locale) {}

    /**
     * Makes the change and answers the account as it is then.
     *
     * @throws Problem 400 {@code validation_failed}
     */
    public Account change(UUID userId, Change change) {
        var fields = new Fields();
        String name = change.companyName() == null ? null : Profile.companyName(fields, change.companyName());
        String locale = change.locale() == null ? null : Profile.locale(fields, change.locale());
        fields.check();
        User user = entities.find(User.class, userId, LockModeType.PESSIMISTIC_WRITE);
        if (user == null) {
            throw Users.notFound();
        }
        Instant now = clock.instant();
        if (name != null) {
            user.rename(name, now);
        }
        if (locale != null) {
            user.speak(locale, now);
        }
        return Account.of(user);
    }
}
