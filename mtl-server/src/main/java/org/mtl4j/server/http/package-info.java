/** The server on the network: TensorFlow Serving's REST and gRPC services, health and metrics. */
package org.mtl4j.server.http;
