package org.mtl4j.server.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.model.Lease;
import org.mtl4j.server.request.ModelAddress;

/** Has a version answer a request, and says in the reply which one it was. */
final class Answering {
  /** What a request is shared out by where its model's traffic is split: a user's id, say. */
  static final String KEY = "x-routing-key";

  static final String VERSION = "x-mtl4j-model-version";
  static final String VARIANT = "x-mtl4j-variant";

  private Answering() {}

  /** As {@link Inference#with}; a request without a key is shared out by its id. */
  static <T> CompletableFuture<T> with(
      Inference inference,
      ServiceRequestContext context,
      ModelAddress model,
      Function<Lease, CompletableFuture<T>> work) {
    RequestNotes notes = RequestNotes.of(context);
    return inference.with(
        model,
        context.request().headers().get(KEY, notes.id()),
        lease -> {
          notes.answeredBy(lease);
          context.setAdditionalResponseHeader(VERSION, String.valueOf(lease.version()));
          lease
              .variant()
              .ifPresent(variant -> context.setAdditionalResponseHeader(VARIANT, variant));
          return work.apply(lease);
        });
  }
}
