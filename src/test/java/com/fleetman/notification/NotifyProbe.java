package com.fleetman.notification;

import com.fleetman.identity.Caller;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets a test tell its own user something, as a feature does. It is only in the war of {@link NotificationIT}. */
@Path("test/notify")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class NotifyProbe {
    @Inject
    @SuppressWarnings("NullAway.Init")
    NotifyUser notifyUser;

    record Told(
            @Nullable String title,
            @Nullable String message,
            @Nullable String type,
            @Nullable Map<String, Object> metadata,
            @Nullable String actionUrl,
            @Nullable Priority priority,
            @Nullable String source,
            @Nullable String dedupKey) {
        NewNotification notification() {
            NewNotification told = NewNotification.of(
                    type == null ? "TEST" : type,
                    title == null ? "test.title" : title,
                    message == null ? "test.message" : message,
                    metadata == null ? Map.of() : metadata);
            told = actionUrl == null ? told : told.leadingTo(actionUrl);
            told = priority == null ? told : told.pressing(priority);
            told = source == null ? told : told.from(source);
            return dedupKey == null ? told : told.once(dedupKey);
        }
    }

    @POST
    public Answer<NotificationView> tell(Told told, @Context SecurityContext security) {
        return Answer.of(notifyUser.notify(Caller.of(security).userId(), told.notification()));
    }

    /** A feature that tells the user something and then fails. */
    @POST
    @Path("and-fail")
    @Transactional
    public Answer<NotificationView> tellAndFail(Told told, @Context SecurityContext security) {
        notifyUser.notify(Caller.of(security).userId(), told.notification());
        throw Problem.conflict("failed_later", "the feature failed after it had told the user");
    }

    /** A feature that goes on after its notification was refused: the transaction must not be committed by half. */
    @POST
    @Path("twice")
    @Transactional
    public Answer<NotificationView> tellTwice(Told told, @Context SecurityContext security) {
        notifyUser.notify(Caller.of(security).userId(), told.notification());
        return Answer.of(notifyUser.notify(Caller.of(security).userId(), told.notification()));
    }
}
