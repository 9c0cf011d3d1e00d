"""Measures graphs with networkx or igraph: the library is the first argument, graphs come as JSON."""

import json
import sys


def with_networkx(size, edges):
    import networkx as nx
    from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

    graph = nx.DiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(edges)
    plain = nx.Graph(graph)
    ranks = _pagerank_python(graph, alpha=0.85, max_iter=10000, tol=1e-16)
    return {
        "fanIn": [graph.in_degree(node) for node in range(size)],
        "fanOut": [graph.out_degree(node) for node in range(size)],
        "reaches": [len(nx.descendants(graph, node)) for node in range(size)],
        "reachedBy": [len(nx.ancestors(graph, node)) for node in range(size)],
        "betweenness": list(nx.betweenness_centrality(graph, normalized=False).values()),
        "pageRank": [ranks[node] for node in range(size)],
        "coreNumbers": [nx.core_number(plain)[node] for node in range(size)],
        "cutPoints": sorted(nx.articulation_points(plain)),
        "bridges": sorted(sorted(edge) for edge in nx.bridges(plain)),
        "groups": sorted(
            sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1
        ),
    }


def with_igraph(size, edges):
    import igraph

    graph = igraph.Graph(n=size, edges=edges, directed=True)
    plain = graph.as_undirected()
    return {
        "fanIn": graph.indegree(),
        "fanOut": graph.outdegree(),
        "reaches": [len(graph.subcomponent(node, mode="out")) - 1 for node in range(size)],
        "reachedBy": [len(graph.subcomponent(node, mode="in")) - 1 for node in range(size)],
        "betweenness": graph.betweenness(directed=True),
        "pageRank": graph.pagerank(damping=0.85, directed=True),
        "coreNumbers": plain.coreness(),
        "cutPoints": sorted(plain.articulation_points()),
        "bridges": sorted(sorted(plain.es[edge].tuple) for edge in plain.bridges()),
        "groups": sorted(
            sorted(group)
            for group in graph.connected_components(mode="strong")
            if len(group) > 1
        ),
    }


measure = {"networkx": with_networkx, "igraph": with_igraph}[sys.argv[1]]
json.dump([measure(each["size"], each["edges"]) for each in json.load(sys.stdin)], sys.stdout)
