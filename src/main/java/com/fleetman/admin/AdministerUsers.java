package com.fleetman.admin;

import com.fleetman.identity.AccountChange;
import com.fleetman.identity.AccountState;
import com.fleetman.identity.DeactivateUser;
import com.fleetman.identity.IssuedPassword;
import com.fleetman.identity.ManageAccounts;
import com.fleetman.identity.UserType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.UUID;

/** What is done to accounts, each with its entry in the audit log, in one transaction. */
@ApplicationScoped
@Transactional
class AdministerUsers {
    private final ManageAccounts accounts;
    private final DeactivateUser deactivateUser;
    private final AuditLog audit;

    @Inject
    AdministerUsers(ManageAccounts accounts, DeactivateUser deactivateUser, AuditLog audit) {
        this.accounts = accounts;
        this.deactivateUser = deactivateUser;
        this.audit = audit;
    }

    public AccountState create(Administrator by, ManageAccounts.Wanted wanted, IssuedPassword password) {
        AccountState made = accounts.create(wanted, password);
        audit.add(by, "user.create", target(made.id()), null, made);
        return made;
    }

    public AccountState deactivate(Administrator by, UUID userId) {
        return changed(by, "user.deactivate", deactivateUser.deactivate(by.caller(), userId));
    }

    public AccountState reactivate(Administrator by, UUID userId) {
        return changed(by, "user.reactivate", deactivateUser.reactivate(by.caller(), userId));
    }

    public AccountState changeRole(Administrator by, UUID userId, UserType role) {
        return changed(by, "user.role", accounts.changeRole(by.caller(), userId, role));
    }

    public void resetPassword(Administrator by, UUID userId, IssuedPassword password) {
        accounts.resetPassword(by.caller(), userId, password);
        audit.add(by, "user.password", target(userId), null, Map.of("generated", password.shown() != null));
    }

    public int endSessions(Administrator by, UUID userId) {
        int ended = accounts.endSessions(userId);
        audit.add(by, "user.sessions.end", target(userId), Map.of("sessions", ended), Map.of("sessions", 0));
        return ended;
    }

    private AccountState changed(Administrator by, String action, AccountChange change) {
        AccountState after = change.after();
        audit.add(by, action, target(after.id()), change.before().rights(), after.rights());
        return after;
    }

    static String target(UUID userId) {
        return "users/" + userId;
    }
}
