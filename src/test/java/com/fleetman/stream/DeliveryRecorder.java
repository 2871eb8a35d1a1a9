package com.fleetman.stream;

import com.fleetman.platform.Tracing;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was traced of the streams. */
final class DeliveryRecorder implements Tracing {
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    @Override
    public void delivered(Delivery delivery) {
        deliveries.add(delivery);
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }
}
