package org.mtl4j.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.server.page.PageData;
import org.mtl4j.server.page.PageFile;

/**
 * The page at {@code /}. Its files are a few known ones, each by its own path: no path of a request
 * leads to another. What it shows comes from {@code /page/models}, which needs a key where others
 * do, and from the protocol's own paths. Safe for several threads.
 */
final class PageService implements HttpService {
  private static final String DATA = "/page/models";

  /** File by path. */
  private static final Map<String, String> FILES = files();

  /** Paths that anybody may ask for: the same for every server. */
  static final Set<String> OPEN = FILES.keySet();

  /** All paths. */
  static final Set<String> PATHS = paths();

  /** Nothing runs or is shown that is no file of ours, and no text of a model becomes a tag. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private final Map<String, PageFile> files = new LinkedHashMap<>();
  private final PageData data;

  PageService(PageData data) {
    this.data = data;
    FILES.forEach((path, name) -> files.put(path, PageFile.read(name)));
  }

  private static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("/", "page.html");
    for (String name :
        List.of(
            "page.css",
            "icon.svg",
            "page.js",
            "dom.js",
            "json.js",
            "latency.js",
            "predict.js",
            "recommend.js",
            "server.js")) {
      files.put("/page/" + name, name);
    }
    return Collections.unmodifiableMap(files);
  }

  private static Set<String> paths() {
    Set<String> paths = new TreeSet<>(FILES.keySet());
    paths.add(DATA);
    return Set.copyOf(paths);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      return Replies.error(HttpStatus.METHOD_NOT_ALLOWED, "Ask with GET.");
    }
    if (context.path().equals(DATA)) {
      // All meters are looked through, for which no other request should wait.
      return HttpResponse.of(
          CompletableFuture.supplyAsync(data::json, context.blockingTaskExecutor())
              .thenApply(Replies::json));
    }
    return file(files.get(context.path()), request.headers().get("if-none-match", ""));
  }

  /** Kept by browsers, and asked for again each time: another server may listen here by then. */
  private static HttpResponse file(PageFile file, String known) {
    boolean same = known.contains(file.tag());
    ResponseHeaders headers =
        ResponseHeaders.builder(same ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
            .add("content-type", file.type())
            .add("cache-control", "no-cache")
            .add("etag", file.tag())
            .add("content-security-policy", POLICY)
            .build();
    return same
        ? HttpResponse.of(headers)
        : HttpResponse.of(headers, HttpData.wrap(file.content()));
  }
}
