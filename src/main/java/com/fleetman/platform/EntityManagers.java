package com.fleetman.platform;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.TransactionRequiredException;
import jakarta.persistence.metamodel.Type;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The application's own Hibernate, the same on every server, and an EntityManager for injection that is, at each call,
 * the one of the calling thread's transaction (Jakarta Persistence 3.1, section 7.6.1). It asks the server for nothing
 * but the registry of transactions (Jakarta Transactions 2.0, section 4).
 */
@ApplicationScoped
public class EntityManagers {
    private static final String UNIT = "fleetman";

    private final Object transactionKey = new Object();
    private final DataSource dataSource;
    private final TransactionSynchronizationRegistry transactions;
    private @Nullable EntityManagerFactory factory;
    private boolean closed;

    @Inject
    EntityManagers(ServerResources server) {
        this.dataSource = server.dataSource();
        this.transactions = server.transactions();
    }

    /** Makes now what else the first transaction would wait for: seconds on a busy machine. */
    void prepare() {
        factory();
    }

    private synchronized EntityManagerFactory factory() {
        if (closed) {
            // Making it anew here would leak it: nobody closes it any more.
            throw new IllegalStateException("The application has been stopped.");
        }
        if (factory == null) {
            factory = Persistence.createEntityManagerFactory(
                    UNIT,
                    Map.of(
                            "jakarta.persistence.jtaDataSource",
                            dataSource,
                            "hibernate.transaction.jta.platform",
                            new RegisteredTransactions(transactions),
                            "hibernate.type.json_format_mapper",
                            new PlainText(),
                            "hibernate.type.xml_format_mapper",
                            new PlainText(),
                            // In a transaction there is one connection anyway: no need to ask the pool at each
                            // statement.
                            "hibernate.connection.handling_mode",
                            "DELAYED_ACQUISITION_AND_RELEASE_BEFORE_TRANSACTION_COMPLETION"));
        }
        return factory;
    }

    synchronized void close(@Observes @Priority(Stopping.LAST) Stopping event) {
        closed = true;
        if (factory != null) {
            List<Class<?>> managed = factory.getMetamodel().getManagedTypes().stream()
                    .<Class<?>>map(Type::getJavaType)
                    .toList();
            factory.close();
            TypeCaches.clear(managed);
        }
    }

    /** Use it inside {@code @Transactional} methods only; elsewhere it throws {@link TransactionRequiredException}. */
    @Produces
    @Dependent
    @SuppressWarnings("ReferenceEquality") // A proxy equals only itself.
    EntityManager transactionScoped() {
        return (EntityManager) Proxy.newProxyInstance(
                EntityManagers.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "equals" -> proxy == args[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> "transaction-scoped EntityManager of unit " + UNIT;
                    case "isOpen" -> true;
                    case "close" -> throw new IllegalStateException("The container closes this EntityManager.");
                    default -> invoke(current(method), method, args);
                });
    }

    private EntityManager current(Method method) {
        if (transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            throw new TransactionRequiredException(
                    "EntityManager." + method.getName() + " needs a running transaction: @Transactional is missing.");
        }
        if (transactions.getResource(transactionKey) instanceof EntityManager known) {
            return known;
        }
        EntityManager made = factory().createEntityManager();
        transactions.putResource(transactionKey, made);
        transactions.registerInterposedSynchronization(new Closing(made));
        return made;
    }

    private record Closing(EntityManager entities) implements Synchronization {
        @Override
        public void beforeCompletion() {
            // Hibernate writes what is left by a synchronization of its own
        }

        @Override
        public void afterCompletion(int status) {
            if (entities.isOpen()) {
                entities.close();
            }
        }
    }

    private static Object invoke(EntityManager target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
