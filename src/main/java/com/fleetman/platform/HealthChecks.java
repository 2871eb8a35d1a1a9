package com.fleetman.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Iterator;

/**
 * All health checks of this node. Apart from the servlet that shows them: Tomcat looks at the fields of servlets before it
 * starts an application, and where CDI is missing a field of its type would keep {@link Requirements} from saying so.
 */
@ApplicationScoped
class HealthChecks implements Iterable<HealthCheck> {
    private final Instance<HealthCheck> all;

    @Inject
    HealthChecks(Instance<HealthCheck> all) {
        this.all = all;
    }

    @Override
    public Iterator<HealthCheck> iterator() {
        return all.iterator();
    }
}
