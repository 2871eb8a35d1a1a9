package com.fleetman.admin;

import com.fleetman.identity.Caller;
import com.fleetman.platform.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;

/**
 * Who asks for something, and from where: what the audit log says of every entry.
 *
 * @param address network address that the request comes from
 */
record Administrator(Caller caller, String address, String requestId) {
    static Administrator of(SecurityContext security, HttpServletRequest request) {
        return new Administrator(Caller.of(security), request.getRemoteAddr(), RequestIds.of(request));
    }

    UUID id() {
        return caller.userId();
    }
}
