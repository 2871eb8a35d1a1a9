package com.fleetman.platform.tomcat;

import com.fleetman.platform.InvalidSettings;
import com.fleetman.platform.Settings;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first and the last of this application to run on Tomcat: an initializer in WEB-INF/classes comes before those of
 * the libraries, thus before Weld's, and listeners are told of the end in the opposite order. So a wrong setting stops
 * the deployment before anything has been started, and the stack is closed when the CDI container is already gone (or
 * has never come up).
 */
public final class TomcatStart implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        context.addListener(new Closing());
        try {
            Settings.load();
        } catch (InvalidSettings e) {
            throw new RefusedDeployment(e.getMessage());
        }
    }

    /** Tomcat would drop a listener whose class it cannot instantiate by name; an instance needs no such access. */
    private static final class Closing implements ServletContextListener {

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            TomcatStack.close();
        }
    }

    /** Tomcat logs the exception that ended a deployment: without a stack trace it is the one sentence to read. */
    private static final class RefusedDeployment extends ServletException {

        private static final long serialVersionUID = 1L;

        RefusedDeployment(@Nullable String sentence) {
            super(sentence);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
