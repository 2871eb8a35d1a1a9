package com.fleetman.platform.tomcat;

import com.arjuna.ats.jta.common.jtaPropertyManager;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/** Gives Tomcat what META-INF/context.xml names, by the declared type: there is one of each. */
public final class TomcatResources implements ObjectFactory {

    @Override
    public Object getObjectInstance(
            Object reference, @Nullable Name name, @Nullable Context context, @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        String type = ((Reference) reference).getClassName();
        return switch (type) {
            case "jakarta.transaction.TransactionManager" ->
                jtaPropertyManager.getJTAEnvironmentBean().getTransactionManager();
            case "jakarta.transaction.TransactionSynchronizationRegistry" ->
                jtaPropertyManager.getJTAEnvironmentBean().getTransactionSynchronizationRegistry();
            default -> throw new NamingException("There is no resource of type " + type + ".");
        };
    }
}
