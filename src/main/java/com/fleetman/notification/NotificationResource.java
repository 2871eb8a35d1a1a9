package com.fleetman.notification;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Example;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Page;
import com.fleetman.stream.Counts;
import com.fleetman.stream.UnreadCounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The caller's notifications. */
@Path("/notifications")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class NotificationResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    ListNotifications listNotifications;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Notifications notifications;

    @Inject
    @SuppressWarnings("NullAway.Init")
    UnreadCounts unreadCounts;

    /** @param state one of {@code seen}, {@code read}, {@code unread}, {@code archived} */
    record Change(@Nullable String state) {
        StateChange checked() {
            var fields = new Fields();
            for (StateChange change : StateChange.values()) {
                if (change.code().equals(state)) {
                    return change;
                }
            }
            String codes =
                    Arrays.stream(StateChange.values()).map(StateChange::code).collect(Collectors.joining(", "));
            fields.reject("state", state == null ? "required" : "unknown_value", "state must be one of " + codes);
            fields.check();
            throw new IllegalStateException("checked above");
        }
    }

    /** {@code count} is the number of unread notifications; {@code counts} has the unread messages too. */
    record Unread(int count, Counts counts) {
        static Unread of(Counts counts) {
            return new Unread(counts.notifications(), counts);
        }
    }

    record Deleted(UUID id) {}

    /** The notifications, newest first. */
    @GET
    public Answer<Page<NotificationView>> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("type") @Nullable String type,
            @QueryParam("source") @Nullable String source,
            @QueryParam("priority") @Nullable String priority,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext security) {
        var filter = new ListNotifications.Filter(state, type, source, priority, cursor, limit);
        return Answer.of(listNotifications.list(Caller.of(security).userId(), filter));
    }

    /** How much is unread. */
    @GET
    @Path("/unread-count")
    public Answer<Unread> unreadCount(@Context SecurityContext security) {
        return Answer.of(Unread.of(unreadCounts.of(Caller.of(security).userId())));
    }

    /** Marks a notification as seen, read, unread or archived. */
    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"state": "read"}
            """)
    public Answer<NotificationView> change(
            @PathParam("id") String id, Change change, @Context SecurityContext security) {
        UUID notification = Ids.parse("id", id);
        return Answer.of(notifications.change(Caller.of(security).userId(), notification, change.checked()));
    }

    /** Marks every notification as read. */
    @POST
    @Path("/read-all")
    public Answer<Unread> readAll(@Context SecurityContext security) {
        return Answer.of(Unread.of(notifications.readAll(Caller.of(security).userId())));
    }

    /** Deletes a notification. */
    @DELETE
    @Path("/{id}")
    public Answer<Deleted> delete(@PathParam("id") String id, @Context SecurityContext security) {
        UUID notification = Ids.parse("id", id);
        notifications.delete(Caller.of(security).userId(), notification);
        return Answer.of(new Deleted(notification));
    }
}
