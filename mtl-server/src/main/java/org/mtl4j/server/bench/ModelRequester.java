package org.mtl4j.server.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.mtl4j.serving.model.MtlModel;

/** Asks a model in this process, on the thread that sends: what a server is measured against. */
public final class ModelRequester implements Requester {
  private final MtlModel model;
  private final List<List<Map<String, Object>>> rows;

  /**
   * Over a model.
   *
   * @param model it is closed with this
   * @param requests what is asked
   */
  public ModelRequester(MtlModel model, BenchRequests requests) {
    this.model = model;
    this.rows = IntStream.range(0, requests.requests().size()).mapToObj(requests::raw).toList();
  }

  @Override
  public CompletableFuture<Outcome> send(int number) {
    List<Map<String, Object>> request = rows.get(number % rows.size());
    boolean whole = model.predict(request).size() == request.size();
    return CompletableFuture.completedFuture(whole ? Outcome.ANSWERED : Outcome.FAILED);
  }

  @Override
  public void close() {
    model.close();
  }
}
