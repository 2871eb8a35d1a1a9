package com.fleetman.platform.server;

import com.fleetman.platform.InvalidSettings;
import com.fleetman.platform.Requirements;
import com.fleetman.platform.ServerResources;
import com.fleetman.platform.Settings;
import com.fleetman.platform.Stopping;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A Jakarta EE server: what the application needs is there already, by its standard names (Jakarta EE 10, EE.5). */
public final class JakartaServer implements ServletContainerInitializer, ServerResources {
    private static final String TRANSACTIONS = "java:comp/TransactionSynchronizationRegistry";
    private static final String SCHEDULER = "java:comp/DefaultManagedScheduledExecutorService";

    /** Of WEB-INF/web.xml. */
    private static final String DATA_SOURCE = "java:app/jdbc/fleetman";

    /** Ends a deployment that cannot work with one sentence, before anything has been started. */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        try {
            Settings.load();
            transactions();
            scheduler();
            dataSource();
            context.addListener(new Closing());
        } catch (InvalidSettings | Missing e) {
            throw new Requirements.Refused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public TransactionSynchronizationRegistry transactions() {
        return lookup(TransactionSynchronizationRegistry.class, TRANSACTIONS, "transactions (Jakarta Transactions)");
    }

    @Override
    public ManagedScheduledExecutorService scheduler() {
        return lookup(ManagedScheduledExecutorService.class, SCHEDULER, "scheduled executor (Jakarta Concurrency)");
    }

    @Override
    public DataSource dataSource() {
        String configured = Settings.load().databaseJndi();
        return configured.isEmpty()
                ? new PooledDataSource(
                        transactions(), lookup(DataSource.class, DATA_SOURCE, "data source of the war's web.xml"))
                : lookup(DataSource.class, configured, "data source by the name of FLEETMAN_DB_JNDI");
    }

    @SuppressWarnings("BanJNDI") // The names are ours or the operator's, never a client's.
    private static <T> T lookup(Class<T> type, String name, String what) {
        Object found;
        try {
            found = InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new Missing("This server has no " + what + ": there is nothing at " + name + ".");
        }
        if (!type.isInstance(found)) {
            throw new Missing("This server has no " + what + ": what is at " + name + " is none.");
        }
        return type.cast(found);
    }

    /** An instance: the server could not make one of a class that is private. */
    private static final class Closing implements ServletContextListener {

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            CDI.current().getBeanManager().getEvent().fire(new Stopping());
        }
    }

    private static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(String sentence) {
            super(sentence);
        }
    }
}
