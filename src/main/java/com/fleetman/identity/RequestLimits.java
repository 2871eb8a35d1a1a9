package com.fleetman.identity;

import com.fleetman.platform.Problem;
import com.fleetman.platform.RateHeaders;
import com.fleetman.platform.RateLimiter;
import com.fleetman.platform.RateLimiter.Verdict;
import com.fleetman.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many requests an address and a user may send to this node. Streams are not counted: they have limits of their own,
 * and browsers give up on a stream that is refused.
 */
@ApplicationScoped
class RequestLimits {
    private static final String STREAM = "notifications/stream";
    private static final String VERDICTS = "com.fleetman.rate";

    private final RateLimiter addresses;
    private final RateLimiter users;

    @Inject
    RequestLimits(Settings settings) {
        Settings.Rates rates = settings.web().rates();
        this.addresses = new RateLimiter("address", rates.perAddress(), rates.window());
        this.users = new RateLimiter("user", rates.perUser(), rates.window());
    }

    /** @throws Problem 429 {@code rate_limited} */
    void countAddress(ContainerRequestContext request, HttpServletRequest http) {
        if (!addresses.isOff() && !isStream(request)) {
            count(request, addresses.take(String.valueOf(http.getRemoteAddr())));
        }
    }

    /** @throws Problem 429 {@code rate_limited} */
    void countUser(ContainerRequestContext request, Caller caller) {
        if (!users.isOff() && !isStream(request)) {
            count(request, users.take(caller.userId().toString()));
        }
    }

    /** What was found of this request. */
    static List<Verdict> of(ContainerRequestContext request) {
        var verdicts = new ArrayList<Verdict>();
        if (request.getProperty(VERDICTS) instanceof List<?> found) {
            found.forEach(one -> verdicts.add((Verdict) one));
        }
        return verdicts;
    }

    private static void count(ContainerRequestContext request, Verdict verdict) {
        List<Verdict> verdicts = of(request);
        verdicts.add(verdict);
        request.setProperty(VERDICTS, verdicts);
        if (!verdict.passes()) {
            throw Problem.tooManyRequests(
                    "rate_limited",
                    "too many requests of this " + verdict.name() + "; try again later",
                    Duration.ofSeconds(RateHeaders.seconds(verdict.retryAfter())));
        }
    }

    private static boolean isStream(ContainerRequestContext request) {
        return request.getUriInfo().getPath().replaceFirst("^/", "").equals(STREAM);
    }
}
