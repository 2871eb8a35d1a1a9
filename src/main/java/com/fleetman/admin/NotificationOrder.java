package com.fleetman.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.identity.UserType;
import com.fleetman.notification.NewNotification;
import com.fleetman.notification.Priority;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /admin/notifications}.
 *
 * @param actionUrl a path within the application that shows it
 * @param dryRun true to be told only how many would get it
 */
record NotificationOrder(
        @Nullable Recipients recipients,
        @Nullable String type,
        @Nullable String title,
        @Nullable String message,
        @Nullable JsonNode metadata,
        @Nullable String actionUrl,
        @Nullable String priority,
        @Nullable String source,
        @Nullable Boolean dryRun) {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_URL = 500;
    private static final String DEFAULT_SOURCE = "ADMIN";

    /** Exactly one of the four. */
    record Recipients(
            @Nullable List<String> userIds,
            @Nullable List<String> emails,
            @Nullable String role,
            @Nullable Boolean all) {}

    /** Checks all of it that needs no database. */
    Checked checked(Settings.Limits limits) {
        var fields = new Fields();
        Asked asked = recipients(fields);
        String kind = code(fields, "type", type, "");
        String from = code(fields, "source", source == null ? DEFAULT_SOURCE : source, DEFAULT_SOURCE);
        String head = fields.trimmed("title", title, LONGEST_TITLE);
        String text = fields.trimmed("message", message, limits.messageLength());
        Priority how = fields.oneOf("priority", priority, Priority.class, Priority.NORMAL);
        if (metadata != null && !metadata.isNull() && !metadata.isObject()) {
            fields.reject("metadata", "wrong_type", "metadata must be an object");
        }
        String url = url(fields, actionUrl);
        fields.check();
        var content = new MailingContent(
                kind,
                head,
                text,
                metadata == null || metadata.isNull() ? null : metadata,
                url,
                how == null ? Priority.NORMAL : how,
                from);
        return new Checked(asked, content, Boolean.TRUE.equals(dryRun));
    }

    record Checked(Asked recipients, MailingContent content, boolean dryRun) {}

    /** The recipients as they were asked for; the first two are null unless they were listed. */
    record Asked(
            @Nullable List<UUID> userIds,
            @Nullable List<String> emails,
            @Nullable UserType role) {}

    private Asked recipients(Fields fields) {
        Recipients to = recipients == null ? new Recipients(null, null, null, null) : recipients;
        boolean all = Boolean.TRUE.equals(to.all());
        int given = (to.userIds() == null ? 0 : 1)
                + (to.emails() == null ? 0 : 1)
                + (to.role() == null ? 0 : 1)
                + (all ? 1 : 0);
        if (given != 1) {
            fields.reject(
                    "recipients",
                    recipients == null ? "required" : "exactly_one",
                    "recipients must have exactly one of userIds, emails, role and all: true");
            return new Asked(null, null, null);
        }
        UserType role = to.role() == null ? null : fields.oneOf("recipients.role", to.role(), UserType.class, null);
        return new Asked(ids(fields, to.userIds()), listed(fields, "recipients.emails", to.emails()), role);
    }

    private static @Nullable List<UUID> ids(Fields fields, @Nullable List<String> texts) {
        List<String> listed = listed(fields, "recipients.userIds", texts);
        if (listed == null) {
            return null;
        }
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < listed.size(); i++) {
            String field = "recipients.userIds." + i;
            try {
                ids.add(Ids.parse(field, listed.get(i)));
            } catch (Problem e) {
                fields.reject(field, e.code(), e.detail());
            }
        }
        return ids;
    }

    /** How many there may be is bounded by the size of a body. */
    private static @Nullable List<String> listed(Fields fields, String field, @Nullable List<String> texts) {
        if (texts == null) {
            return null;
        }
        if (texts.isEmpty()) {
            fields.reject(field, "too_few", field + " must not be empty");
        }
        if (texts.contains(null)) {
            fields.reject(field, "required", field + " must not contain null");
            return List.of();
        }
        return texts;
    }

    private static String code(Fields fields, String field, @Nullable String value, String fallback) {
        String text = fields.text(field, value, 1, Integer.MAX_VALUE);
        if (!text.isEmpty() && !NewNotification.isCode(text)) {
            fields.reject(
                    field, "invalid_code", field + " must be a name like MAINTENANCE_WINDOW, at most 64 characters");
            return fallback;
        }
        return text;
    }

    /** Nothing that leads out of the application: a browser takes {@code //host} and {@code /\host} for another site. */
    static @Nullable String url(Fields fields, @Nullable String actionUrl) {
        if (actionUrl == null) {
            return null;
        }
        String url = fields.text("actionUrl", actionUrl, 1, LONGEST_URL);
        boolean inside = url.startsWith("/")
                && !url.startsWith("//")
                && url.codePoints().allMatch(c -> c > ' ' && c != '\\' && c != 0x7f && !Character.isISOControl(c));
        if (!url.isEmpty() && !inside) {
            fields.reject("actionUrl", "not_a_path", "actionUrl must be a path of the application like /machines");
        }
        return url;
    }

    /** Without what it says, so that it may be logged. */
    @Override
    public String toString() {
        return "NotificationOrder";
    }
}
