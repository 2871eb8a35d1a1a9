package com.fleetman.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.notification.NewNotification;
import com.fleetman.notification.Priority;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** What an administrator tells, as it is kept until everybody has been told. */
record MailingContent(
        String type,
        String title,
        String message,
        @Nullable JsonNode metadata,
        @Nullable String actionUrl,
        Priority priority,
        String source) {

    NewNotification notification() {
        var values = new LinkedHashMap<String, Object>();
        if (metadata != null) {
            metadata.properties().forEach(value -> values.put(value.getKey(), value.getValue()));
        }
        NewNotification told =
                NewNotification.of(type, title, message, values).from(source).pressing(priority);
        return actionUrl == null ? told : told.leadingTo(actionUrl);
    }

    /** Without what it says, so that it may be logged. */
    @Override
    public String toString() {
        return "MailingContent[" + type + "]";
    }
}
