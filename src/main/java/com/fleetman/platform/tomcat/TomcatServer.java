package com.fleetman.platform.tomcat;

import com.arjuna.ats.jta.common.jtaPropertyManager;
import com.fleetman.platform.InvalidSettings;
import com.fleetman.platform.Requirements;
import com.fleetman.platform.ServerResources;
import com.fleetman.platform.Settings;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The first and the last of this application to run on Tomcat: an initializer in WEB-INF/classes comes before those of
 * the libraries, thus before Weld's, and listeners are told of the end in the opposite order. So a wrong setting stops
 * the deployment before anything has been started, and the stack is closed when the CDI container is already gone (or
 * has never come up).
 */
public final class TomcatServer implements ServletContainerInitializer, ServerResources {

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        context.addListener(new Closing());
        try {
            Settings settings = Settings.load();
            if (!settings.databaseJndi().isEmpty()) {
                throw new Requirements.Refused(
                        "FLEETMAN_DB_JNDI cannot be used on Tomcat, whose data sources take no"
                                + " part in transactions: set FLEETMAN_DB_URL, FLEETMAN_DB_USER and FLEETMAN_DB_PASSWORD only.");
            }
        } catch (InvalidSettings e) {
            throw new Requirements.Refused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public DataSource dataSource() {
        return TomcatStack.dataSource();
    }

    @Override
    public ManagedScheduledExecutorService scheduler() {
        return TomcatStack.scheduler();
    }

    @Override
    public TransactionSynchronizationRegistry transactions() {
        return jtaPropertyManager.getJTAEnvironmentBean().getTransactionSynchronizationRegistry();
    }

    /** Tomcat would drop a listener whose class it cannot instantiate by name; an instance needs no such access. */
    private static final class Closing implements ServletContextListener {

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            TomcatStack.close();
        }
    }
}
