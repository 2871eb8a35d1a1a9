package com.fleetman.identity;

import com.fleetman.platform.Answer;
import com.fleetman.platform.JsonBody;
import com.fleetman.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signing in and out, open to everybody. */
@Path("auth")
@ApplicationScoped
@WithoutSession
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AuthResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    RegisterUser registerUser;

    @Inject
    @SuppressWarnings("NullAway.Init")
    SignIn signIn;

    @Inject
    @SuppressWarnings("NullAway.Init")
    SignOut signOut;

    @Inject
    @SuppressWarnings("NullAway.Init")
    RefreshSession refreshSession;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AccessTokens tokens;

    @Inject
    @SuppressWarnings("NullAway.Init")
    SessionCookies cookies;

    @Inject
    @SuppressWarnings("NullAway.Init")
    SiteCheck site;

    @Inject
    @SuppressWarnings("NullAway.Init")
    JsonBody json;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Clock clock;

    /** The body of {@code POST /auth/refresh} for clients without cookies. */
    record Refresh(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "Refresh";
        }
    }

    /** Makes a new account, signed in. */
    @POST
    @Path("register")
    public Response register(RegisterUser.Registration body, @Context HttpServletRequest request) {
        return signedIn(201, registerUser.register(body), request);
    }

    /** Signs in with e-mail address and password. */
    @POST
    @Path("login")
    public Response login(SignIn.Login body, @Context HttpServletRequest request) {
        return signedIn(200, signIn.signIn(body, request.getRemoteAddr()), request);
    }

    /** Takes the refresh token of the body, or else of the cookie. */
    @POST
    @Path("refresh")
    public Response refresh(
            InputStream body, @Context HttpHeaders headers, @Context UriInfo uri, @Context HttpServletRequest request)
            throws IOException {
        Instant arrived = clock.instant();
        Optional<String> sent = json.optional(body, Refresh.class).map(Refresh::refreshToken);
        if (sent.isEmpty()
                && PresentedToken.cookie(SessionCookies.REFRESH, headers.getCookies())
                        .isPresent()) {
            requireOwnSite(headers, uri);
        }
        String secret = sent.or(() -> PresentedToken.cookie(SessionCookies.REFRESH, headers.getCookies()))
                .orElseThrow(() -> Problem.unauthorized("unauthenticated", "a refresh token is required"));
        return switch (refreshSession.refresh(secret, arrived)) {
            case RefreshSession.Outcome.Refreshed refreshed -> signedIn(200, refreshed.signedIn(), request);
            case RefreshSession.Outcome.Refused refused -> throw refused.problem();
        };
    }

    /** Ends the session of the access token, even an expired one, or of the refresh cookie; no session is fine too. */
    @POST
    @Path("logout")
    public Response logout(@Context HttpHeaders headers, @Context UriInfo uri, @Context HttpServletRequest request) {
        Optional<PresentedToken> access =
                PresentedToken.in(headers.getHeaderString(HttpHeaders.AUTHORIZATION), headers.getCookies());
        boolean byHeader = access.isPresent() && !access.get().fromCookie();
        Optional<String> refresh =
                byHeader ? Optional.empty() : PresentedToken.cookie(SessionCookies.REFRESH, headers.getCookies());
        if (!byHeader && (access.isPresent() || refresh.isPresent())) {
            requireOwnSite(headers, uri);
        }
        Optional<UUID> session = access.flatMap(token -> tokens.sessionOf(token.text()));
        if (byHeader && session.isEmpty()) {
            throw Problem.unauthorized("token_invalid", "the access token is not valid");
        }
        signOut.signOut(session.orElse(null), refresh.orElse(null));
        Response.ResponseBuilder response = Response.ok(Answer.of(Map.of()));
        cookies.clear(response, request.getContextPath());
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private void requireOwnSite(HttpHeaders headers, UriInfo uri) {
        site.require(headers.getHeaderString("Sec-Fetch-Site"), headers.getHeaderString("Origin"), uri.getBaseUri());
    }

    private Response signedIn(int status, SignedIn signedIn, HttpServletRequest request) {
        Response.ResponseBuilder response = Response.status(status).entity(Answer.of(signedIn));
        cookies.set(response, signedIn, request.getContextPath());
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
