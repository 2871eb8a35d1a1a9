package com.fleetman.platform.tomcat;

import com.fleetman.platform.Stopping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;

/** On Tomcat Weld is part of the application and ends with the web application's context. */
@ApplicationScoped
public class TomcatStop {
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context, Event<Stopping> event) {
        event.fire(new Stopping());
    }
}
