package com.fleetman.platform.tomcat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.TransactionRequiredException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.HibernateException;
import org.hibernate.SessionFactory;

/** Hibernate as Tomcat needs it, and the transaction-scoped EntityManager that {@code @PersistenceContext} promises. */
final class EntityManagers {

    private static final String UNIT = "fleetman";

    private EntityManagers() {}

    static EntityManagerFactory factory(DataSource dataSource) {
        return Persistence.createEntityManagerFactory(
                UNIT,
                Map.of(
                        "jakarta.persistence.jtaDataSource", dataSource,
                        "hibernate.transaction.jta.platform", "JBossTS",
                        "hibernate.current_session_context_class", "jta",
                        // In a transaction there is one connection anyway: no need to ask the pool at each statement.
                        "hibernate.connection.handling_mode",
                                "DELAYED_ACQUISITION_AND_RELEASE_BEFORE_TRANSACTION_COMPLETION"));
    }

    /** An EntityManager that is, at each call, the one of the calling thread's transaction. */
    @SuppressWarnings("ReferenceEquality") // A proxy equals only itself.
    static EntityManager transactionScoped() {
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

    private static EntityManager current(Method method) {
        try {
            return TomcatStack.entityManagers().unwrap(SessionFactory.class).getCurrentSession();
        } catch (HibernateException e) {
            TransactionRequiredException refused = new TransactionRequiredException(
                    "EntityManager." + method.getName() + " needs a running transaction: @Transactional is missing.");
            refused.initCause(e);
            throw refused;
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
