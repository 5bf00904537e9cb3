package org.mtl4j.server.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.server.inference.Call;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.model.Lease;
import org.mtl4j.serving.tensor.TensorValue;

/** A request's computation: within its time, given up with its client, and written down. */
final class Computing {
  private Computing() {}

  static CompletableFuture<SortedMap<String, TensorValue>> of(
      Inference inference, ServiceRequestContext context, Lease lease, Call call) {
    RequestNotes notes = RequestNotes.of(context);
    notes.computes(lease, call);
    long start = System.nanoTime();
    return Deadlines.bound(context, inference.compute(lease, call, Deadlines.of(context)))
        .whenComplete((outputs, failure) -> notes.computed(System.nanoTime() - start));
  }
}
