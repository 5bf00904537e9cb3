package org.mtl4j.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.mtl4j.server.inference.Call;
import org.mtl4j.server.model.Lease;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.trace.Api;
import org.mtl4j.server.trace.RequestEnd;
import org.mtl4j.server.trace.RequestIds;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * What is written down of a request while it is answered: its id, what it asks for, and which
 * version answers. Safe for several threads, one after the other.
 */
public final class RequestNotes {
  private static final AttributeKey<RequestNotes> KEY =
      AttributeKey.valueOf(RequestNotes.class, "notes");

  private final String id;
  private volatile Api api = Api.OTHER;
  private volatile boolean atWork;
  private volatile RequestEnd.Target target;
  private volatile StatusCode failure;
  private volatile long computeNanos = -1;

  private RequestNotes(String id) {
    this.id = id;
  }

  /** The notes of a request; it has some from the first decorator on. */
  public static RequestNotes of(ServiceRequestContext context) {
    RequestNotes notes = context.attr(KEY);
    if (notes == null) {
      notes = new RequestNotes(RequestIds.of(context.request().headers().get(RequestIds.HEADER)));
      context.setAttr(KEY, notes);
    }
    return notes;
  }

  /** The first decorator: gives each request its id, and each reply its request's. */
  static HttpResponse begin(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    context.setAdditionalResponseHeader(RequestIds.HEADER, of(context).id());
    return next.serve(context, request);
  }

  /** The request's id: its client's, or one made for it. */
  public String id() {
    return id;
  }

  /** What it asks for. */
  Api api() {
    return api;
  }

  /** Notes what it asks for. */
  public void asks(Api asked) {
    api = asked;
    atWork = true;
  }

  /** Whether what it asks for has been understood, so that failures are those of the answer. */
  boolean isAtWork() {
    return atWork;
  }

  /** Which version answers it, once that is known. */
  Optional<RequestEnd.Target> target() {
    return Optional.ofNullable(target);
  }

  /** Notes which version answers it. */
  public void answeredBy(Lease lease) {
    target = new RequestEnd.Target(lease.model(), lease.version(), "", 0, Set.of());
  }

  /** Notes what is computed for it, which there is. Of several computations the rows count once. */
  void computes(Lease lease, Call call) {
    target =
        new RequestEnd.Target(
            lease.model(),
            lease.version(),
            call.signature(),
            rows(call.inputs()),
            Set.copyOf(outputs(call.outputs())));
  }

  private Collection<String> outputs(Collection<String> more) {
    RequestEnd.Target before = target;
    if (before == null || before.outputs().isEmpty()) {
      return more;
    }
    Set<String> all = new TreeSet<>(before.outputs());
    all.addAll(more);
    return all;
  }

  private static int rows(SortedMap<String, TensorValue> inputs) {
    return (int)
        inputs.values().stream()
            .filter(tensor -> tensor.shape().rank() > 0)
            .mapToLong(tensor -> tensor.shape().sizes().get(0))
            .max()
            .orElse(1);
  }

  /** Notes how long it waited for outputs. */
  void computed(long nanos) {
    computeNanos = nanos;
  }

  OptionalLong computeNanos() {
    long nanos = computeNanos;
    return nanos < 0 ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  /** Notes what it failed with, which HTTP's status does not say in full. */
  void failed(StatusCode code) {
    failure = code;
  }

  Optional<StatusCode> failure() {
    return Optional.ofNullable(failure);
  }
}
