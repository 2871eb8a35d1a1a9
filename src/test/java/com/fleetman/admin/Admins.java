package com.fleetman.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.testing.Account;
import com.fleetman.testing.Node;
import java.util.List;
import java.util.UUID;

/** Administrators for tests, and what they find in the audit log. */
final class Admins {
    private Admins() {}

    static Account make() {
        Account admin = Account.register(Node.first(), "Administración " + UUID.randomUUID());
        admin.becomeAdministrator();
        return admin;
    }

    /** What the audit log has of an administrator's calls, the newest first. */
    static List<JsonNode> audit(Account admin, String query) {
        return admin.get("admin/audit?actor=" + admin.id() + query)
                .data()
                .get("items")
                .valueStream()
                .toList();
    }

    /** What an administrator has done, the newest first. */
    static List<String> actions(Account admin) {
        return audit(admin, "&kind=DONE&limit=100").stream()
                .map(entry -> entry.get("action").textValue())
                .toList();
    }
}
