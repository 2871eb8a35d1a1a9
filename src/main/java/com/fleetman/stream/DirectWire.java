package com.fleetman.stream;

import com.fleetman.platform.Takeover;
import java.io.IOException;

/** A client whose connection was taken over from the server. */
final class DirectWire implements Wire, Takeover.Listener {
    private final Takeover.Direct to;
    private final Connection connection;

    DirectWire(Takeover.Direct to, Connection connection) {
        this.to = to;
        this.connection = connection;
    }

    @Override
    public boolean isReady() {
        return to.isReady();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        to.write(bytes);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        to.close();
    }

    @Override
    public void writable() {
        connection.signal();
    }

    @Override
    public void gone() {
        connection.close(CloseReason.CLIENT_GONE);
    }
}
