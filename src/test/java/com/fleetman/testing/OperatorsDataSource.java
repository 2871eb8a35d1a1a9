package com.fleetman.testing;

import jakarta.annotation.sql.DataSourceDefinition;
import org.postgresql.ds.PGSimpleDataSource;

/** Stands for a data source that an operator has configured in the server. Only in wars of tests. */
@DataSourceDefinition(
        name = OperatorsDataSource.NAME,
        className = "com.fleetman.testing.OperatorsDataSource",
        maxPoolSize = 10)
public class OperatorsDataSource extends PGSimpleDataSource {
    static final String NAME = "java:app/jdbc/operator";
    static final String CLIENT = "operator";

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("this-escape") // How this class of the driver is configured.
    public OperatorsDataSource() {
        setURL(System.getProperty("fleetman.db.url"));
        setUser(System.getProperty("fleetman.db.user"));
        setApplicationName(CLIENT);
    }
}
