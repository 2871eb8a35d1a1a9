package com.fleetman.platform;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The REST API and the stream, version 1. Resources and providers are found by their annotations. */
@ApplicationPath(Api.ROOT)
public class Api extends Application {
    /** Where all of it is, below the context path. */
    public static final String ROOT = "/api/v1";

    /** Settings that only Jersey knows; other implementations pass over them. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                "jersey.config.server.wadl.disableWadl", true,
                "jersey.config.server.response.setStatusOverSendError", true,
                "jersey.config.server.disableMoxyJson", true,
                "jersey.config.beanValidation.disable.server", true);
    }
}
