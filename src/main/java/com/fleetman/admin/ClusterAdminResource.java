package com.fleetman.admin;

import com.fleetman.identity.NeedsRole;
import com.fleetman.platform.Answer;
import com.fleetman.stream.NodeView;
import com.fleetman.stream.StreamDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The nodes. */
@Path("admin/cluster")
@ApplicationScoped
@NeedsRole("ADMIN")
@Produces(MediaType.APPLICATION_JSON)
public class ClusterAdminResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    StreamDirectory streams;

    /** @param streams over the nodes that are up; so {@code lag}, the most of them */
    record Cluster(int streams, long lag, List<NodeView> nodes) {}

    @GET
    public Answer<Cluster> get() {
        List<NodeView> nodes = streams.nodes();
        List<NodeView> up =
                nodes.stream().filter(node -> node.state().equals("up")).toList();
        return Answer.of(new Cluster(
                up.stream().mapToInt(NodeView::streams).sum(),
                up.stream().mapToLong(NodeView::lag).max().orElse(0),
                nodes));
    }
}
