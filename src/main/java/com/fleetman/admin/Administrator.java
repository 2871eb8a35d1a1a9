package com.fleetman.admin;

import com.fleetman.identity.Caller;
import com.fleetman.platform.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who asks for something, and from where: what the audit log says of every entry. One for each request.
 *
 * @param address network address that the request comes from
 * @param entered set when the request has made an entry
 */
record Administrator(Caller caller, String address, String requestId, AtomicBoolean entered) {
    private static final String ATTRIBUTE = Administrator.class.getName();

    static Administrator of(SecurityContext security, HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Administrator known) {
            return known;
        }
        var administrator = new Administrator(
                Caller.of(security), request.getRemoteAddr(), RequestIds.of(request), new AtomicBoolean());
        request.setAttribute(ATTRIBUTE, administrator);
        return administrator;
    }

    UUID id() {
        return caller.userId();
    }
}
