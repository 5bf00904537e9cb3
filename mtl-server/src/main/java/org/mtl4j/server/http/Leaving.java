package org.mtl4j.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends clients elsewhere before the server stops. Armeria answers what comes in until nothing has
 * come for a while, and cuts off what is under way when its longest time is over: clients that keep
 * their connections and send on would lose requests then. So nobody can connect any more, and who
 * is connected is told with the next request (GOAWAY, {@code Connection: close}) that it is the
 * last one here. Safe for several threads.
 */
final class Leaving implements DecoratingHttpServiceFunction {
  private final Set<Channel> listening = ConcurrentHashMap.newKeySet();
  private volatile boolean begun;

  /** Sees a connection when it is taken: Armeria shows the channel that took it in no other way. */
  void taken(ChannelPipeline connection) {
    Channel from = connection.channel().parent();
    listening.add(from);
    if (begun) {
      var unused = from.close();
    }
  }

  /** Waits until the ports are closed: who is sent away is not to come back. */
  void begin() {
    begun = true;
    listening.forEach(channel -> channel.close().awaitUninterruptibly());
  }

  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    if (begun) {
      var unused = context.initiateConnectionShutdown();
    }
    return next.serve(context, request);
  }
}
