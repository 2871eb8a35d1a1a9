package com.fleetman.messaging;

import com.fleetman.contact.Contacts;
import com.fleetman.contact.Decided;
import com.fleetman.identity.Caller;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Example;
import com.fleetman.platform.Ids;
import com.fleetman.platform.JsonBody;
import com.fleetman.platform.Page;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The caller's messages and conversations. */
@Path("messages")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MessageResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    SendMessage sendMessage;

    @Inject
    @SuppressWarnings("NullAway.Init")
    ReadConversation readConversation;

    @Inject
    @SuppressWarnings("NullAway.Init")
    TellTyping tellTyping;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Conversations conversations;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Contacts contacts;

    @Inject
    @SuppressWarnings("NullAway.Init")
    JsonBody json;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Settings settings;

    record NewMessage(
            @Nullable String recipientId, @Nullable String content) {}

    record Told(boolean told) {}

    record ReadUpTo(@Nullable String messageId) {}

    /** Sends a message. The answer comes after the commit and waits for no stream. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"recipientId": "0198c3a2-7b1e-7c40-9a55-3f2d81e6b7c4", "content": "The crane on site 4 loses oil."}
            """)
    public Answer<MessageView> send(
            NewMessage body,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Context SecurityContext security) {
        return Answer.of(sendMessage.send(SendMessage.Command.of(
                Caller.of(security).userId(), body.recipientId(), body.content(), idempotencyKey, settings.limits())));
    }

    /** The conversations, newest activity first. */
    @GET
    @Path("conversations")
    public Answer<Page<ConversationView>> list(
            @QueryParam("search") @Nullable String search,
            @QueryParam("onlyContacts") @Nullable String onlyContacts,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext security) {
        var filter = new Conversations.Filter(search, onlyContacts, cursor, limit);
        return Answer.of(conversations.list(Caller.of(security).userId(), filter));
    }

    /** The messages of a conversation, newest first. */
    @GET
    @Path("conversations/{userId}")
    public Answer<Page<MessageView>> history(
            @PathParam("userId") String userId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityContext security) {
        UUID peer = Ids.parse("userId", userId);
        return Answer.of(conversations.history(Caller.of(security).userId(), peer, cursor, limit));
    }

    /** Reads up to the message {@code {"messageId":...}}, or everything where there is no body. */
    @POST
    @Path("conversations/{userId}/read")
    @Consumes(MediaType.APPLICATION_JSON)
    @Example("""
            {"messageId": "0198c3a2-7b1e-7c40-9a55-3f2d81e6b7c4"}
            """)
    public Answer<ReadConversation.Result> read(
            @PathParam("userId") String userId, InputStream body, @Context SecurityContext security)
            throws IOException {
        UUID peer = Ids.parse("userId", userId);
        Optional<UUID> upTo = json.optional(body, ReadUpTo.class)
                .flatMap(sent -> Optional.ofNullable(sent.messageId()))
                .map(id -> Ids.parse("messageId", id));
        return Answer.of(readConversation.read(Caller.of(security).userId(), peer, upTo));
    }

    /** {@code told} is false where the last one was less than the interval ago. */
    @POST
    @Path("conversations/{userId}/typing")
    public Answer<Told> typing(@PathParam("userId") String userId, @Context SecurityContext security) {
        UUID peer = Ids.parse("userId", userId);
        return Answer.of(new Told(tellTyping.tell(Caller.of(security).userId(), peer)));
    }

    /** Lets the caller write to somebody who is no contact. */
    @POST
    @Path("conversations/{userId}/accept")
    public Answer<Decided> accept(@PathParam("userId") String userId, @Context SecurityContext security) {
        return Answer.of(contacts.accept(Caller.of(security).userId(), Ids.parse("userId", userId)));
    }
}
