package com.fleetman.platform.server;

import java.sql.Connection;

/**
 * The class of WEB-INF/web.xml's {@code <data-source>}. The server pools what it gives and makes it follow the server's
 * transactions, as it does with any driver's; but a server's pool for such a definition has a size, time-outs and checks
 * of its own, mostly not to be set, so what it gets are {@linkplain TransactionConnection empty shells}.
 */
public final class EnlistedDataSource extends PoolSource {
    @Override
    public Connection getConnection() {
        return TransactionConnection.over(ServerPool.get());
    }
}
