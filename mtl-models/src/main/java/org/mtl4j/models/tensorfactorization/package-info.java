/** Tasks' weights as a factorised tensor: Yang and Hospedales 2017. */
package org.mtl4j.models.tensorfactorization;
