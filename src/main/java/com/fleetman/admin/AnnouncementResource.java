package com.fleetman.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fleetman.identity.NeedsRole;
import com.fleetman.identity.UserType;
import com.fleetman.notification.AnnouncementView;
import com.fleetman.notification.FindAnnouncements;
import com.fleetman.notification.NewNotification;
import com.fleetman.notification.Priority;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Ids;
import com.fleetman.platform.Page;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells everybody something, or everybody of a type. */
@Path("admin/announcements")
@ApplicationScoped
@NeedsRole("ADMIN")
@Produces(MediaType.APPLICATION_JSON)
public class AnnouncementResource {
    private static final int LONGEST_TITLE = 200;
    private static final String TYPE = "ANNOUNCEMENT";
    private static final String SOURCE = "ADMIN";

    @Inject
    @SuppressWarnings("NullAway.Init")
    SendAnnouncement sendAnnouncement;

    @Inject
    @SuppressWarnings("NullAway.Init")
    FindAnnouncements announcements;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Settings settings;

    /** @param audience {@code CLIENT}, {@code PROVIDER} or {@code ADMIN}; none for everybody */
    record Order(
            @Nullable String audience,
            @Nullable String title,
            @Nullable String message,
            @Nullable JsonNode metadata,
            @Nullable String actionUrl,
            @Nullable String priority) {}

    record Checked(NewNotification told, @Nullable UserType audience) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Answer<AnnouncementView> announce(
            Order order,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Context SecurityContext security,
            @Context HttpServletRequest request) {
        Checked checked = checked(order);
        return Answer.of(sendAnnouncement.send(
                Administrator.of(security, request), checked.told(), checked.audience(), idempotencyKey));
    }

    /** All of them, the newest first. */
    @GET
    public Answer<Page<AnnouncementView>> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        return Answer.of(announcements.list(cursor, limit));
    }

    @GET
    @Path("{id}")
    public Answer<AnnouncementView> get(@PathParam("id") String id) {
        return Answer.of(announcements.require(Ids.parse("id", id)));
    }

    private Checked checked(Order order) {
        var fields = new Fields();
        UserType audience = order.audience() == null
                ? null
                : fields.oneOf("audience", order.audience(), UserType.class, UserType.CLIENT);
        String title = fields.trimmed("title", order.title(), LONGEST_TITLE);
        String message =
                fields.trimmed("message", order.message(), settings.limits().messageLength());
        Priority priority = fields.oneOf("priority", order.priority(), Priority.class, Priority.NORMAL);
        Map<String, Object> metadata = new LinkedHashMap<>();
        JsonNode given = order.metadata();
        if (given != null && given.isObject()) {
            given.properties().forEach(property -> metadata.put(property.getKey(), property.getValue()));
        } else if (given != null && !given.isNull()) {
            fields.reject("metadata", "wrong_type", "metadata must be an object");
        }
        String url = NotificationOrder.url(fields, order.actionUrl());
        fields.check();
        NewNotification told = NewNotification.of(TYPE, title, message, metadata)
                .from(SOURCE)
                .pressing(priority == null ? Priority.NORMAL : priority);
        return new Checked(url == null ? told : told.leadingTo(url), audience);
    }
}
